/** What the server said, as the driver has it. */

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class ServerError {
    // docs begin
    /** Where statements went in a batch, the refusal is the exception after the batch's own. */
    static ServerErrorMessage of(SQLException error) {
        return ((PSQLException) (error.getNextException() == null ? error : error.getNextException())).getServerErrorMessage();
    }
    // docs end
}
