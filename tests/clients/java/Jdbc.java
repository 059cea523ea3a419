/** JDBC. */

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class Jdbc {
    static Report.Answer setRuntime(Connection connection, long id, String runtime) throws SQLException {
        // docs begin
        try (PreparedStatement update = connection.prepareStatement("UPDATE workspaces SET runtime = ? WHERE id = ?")) {
            update.setString(1, runtime);
            update.setLong(2, id);
            update.executeUpdate();
        } catch (PSQLException error) {
            ServerErrorMessage refusal = error.getServerErrorMessage();
            if (!"23514".equals(error.getSQLState()) || !refusal.getConstraint().endsWith("_model_routable")) throw error;
            String[] detail = refusal.getDetail().split(": ", 2);
            return new Report.Answer(422, Map.of("error", refusal.getMessage(), "code", detail[0], "reason", detail[1],
                "hint", refusal.getHint()));
        }
        // docs end
        return new Report.Answer(200, Map.of());
    }

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Report.url(), Report.properties());
                Statement statement = connection.createStatement()) {
            Report.report("version", connection.getMetaData().getDriverVersion());
            Report.reportAnswer(setRuntime(connection, 2, "hermes"));
            connection.setAutoCommit(false);
            try {
                statement.executeUpdate("UPDATE workspaces SET name = 'renamed' WHERE id = 2");
                statement.executeUpdate("UPDATE workspaces SET runtime = 'hermes' WHERE id = 2");
                connection.commit();
            } catch (PSQLException error) {
                connection.rollback();
                Report.report("error", error.getClass().getName());
                Report.report("sqlstate", error.getSQLState());
                Report.report("constraint", error.getServerErrorMessage().getConstraint());
            }
            try (ResultSet row = statement.executeQuery("SELECT name FROM workspaces WHERE id = 2")) {
                row.next();
                Report.report("after", row.getString(1));
            }
            Report.report("switch", setRuntime(connection, 1, "hermes").status);
            connection.commit();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO workspaces VALUES (?, ?, ?, ?)")) {
                for (Object[] row : Report.BATCH) {
                    for (int column = 0; column < row.length; column++) insert.setObject(column + 1, row[column]);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            } catch (BatchUpdateException error) {
                connection.rollback();
                Report.report("batch", error.getClass().getName() + " of " + error.getSQLState());
            }
        }
    }
}
