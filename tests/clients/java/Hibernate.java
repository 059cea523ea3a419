/** Hibernate, with JDBC. */

import java.util.Map;
import java.util.Properties;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;
import org.postgresql.util.ServerErrorMessage;

import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

final class Hibernate {
    @Entity
    @Table(name = "workspaces")
    static class Workspace {
        @Id long id;
        String name;
        String runtime;
        String model;
    }

    static Report.Answer setRuntime(Session session, long id, String runtime) {
        // docs begin
        Transaction transaction = session.beginTransaction();
        try {
            ((Workspace) session.get(Workspace.class, id)).runtime = runtime;
            transaction.commit();
        } catch (ConstraintViolationException error) {
            transaction.rollback();
            session.clear();
            if (!error.getConstraintName().endsWith("_model_routable")) throw error;
            ServerErrorMessage refusal = ServerError.of(error.getSQLException());
            String[] detail = refusal.getDetail().split(": ", 2);
            return new Report.Answer(422, Map.of("error", refusal.getMessage(), "code", detail[0], "reason", detail[1],
                "hint", refusal.getHint()));
        }
        // docs end
        return new Report.Answer(200, Map.of());
    }

    public static void main(String[] arguments) {
        Configuration configuration = new Configuration().addAnnotatedClass(Workspace.class);
        Properties properties = Report.properties();
        properties.forEach((name, value) -> configuration.setProperty("hibernate.connection." + name, (String) value));
        configuration.setProperty("hibernate.connection.username", properties.getProperty("user"));
        configuration.setProperty("hibernate.connection.url", Report.url());
        configuration.setProperty("hibernate.connection.driver_class", "org.postgresql.Driver");
        configuration.setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect");
        SessionFactory factory = configuration.buildSessionFactory();
        Session session = factory.openSession();
        Report.report("version", System.getenv("HIBERNATE_VERSION"));
        Report.reportAnswer(setRuntime(session, 2, "hermes"));
        Transaction transaction = session.beginTransaction();
        try {
            Workspace workspace = (Workspace) session.get(Workspace.class, 2L);
            workspace.name = "renamed";
            session.flush();
            workspace.runtime = "hermes";
            transaction.commit();
        } catch (ConstraintViolationException error) {
            transaction.rollback();
            session.clear();
            Report.report("error", error.getClass().getName());
            Report.report("sqlstate", error.getSQLState());
            Report.report("constraint", error.getConstraintName());
        }
        transaction = session.beginTransaction();
        Report.report("after", ((Workspace) session.get(Workspace.class, 2L)).name);
        transaction.commit();
        Report.report("switch", setRuntime(session, 1, "hermes").status);
        transaction = session.beginTransaction();
        try {
            for (Object[] row : Report.BATCH) {
                Workspace workspace = new Workspace();
                workspace.id = (Long) row[0];
                workspace.name = (String) row[1];
                workspace.runtime = (String) row[2];
                workspace.model = (String) row[3];
                session.save(workspace);
            }
            transaction.commit();
        } catch (ConstraintViolationException error) {
            transaction.rollback();
            Report.report("batch", error.getClass().getName());
        }
        session.close();
        factory.close();
    }
}
