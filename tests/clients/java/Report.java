/** What both clients of Java share: the address, the batch, and how they tell the runner what they saw. */

import java.net.URI;
import java.util.Map;
import java.util.Properties;

final class Report {
    /** The second row is the incident's pair. */
    static final Object[][] BATCH = {
        {11L, "batch", "hermes", "moonshot/kimi-k2.6"},
        {12L, "batch", "hermes", "anthropic/claude-opus-4-7"},
        {13L, "batch", "codex", "gpt-5.5"},
    };

    private static final URI ADDRESS = URI.create(System.getenv("DATABASE_URL"));

    static String url() {
        return "jdbc:postgresql://" + ADDRESS.getAuthority().replaceFirst(".*@", "") + ADDRESS.getPath();
    }

    static Properties properties() {
        String[] user = ADDRESS.getUserInfo().split(":");
        Properties properties = new Properties();
        properties.setProperty("user", user[0]);
        properties.setProperty("password", user[1]);
        // A pooler in transaction mode can give the next transaction a connection without the statements prepared before.
        properties.setProperty("prepareThreshold", System.getenv("POOLED").equals("yes") ? "0" : "5");
        return properties;
    }

    static void report(String name, Object value) {
        System.out.println(name + "\t" + value);
    }

    static void reportAnswer(Answer answer) {
        report("status", answer.status);
        for (String name : new String[] {"code", "reason", "hint"}) report(name, answer.body.get(name));
    }

    /** What an HTTP service would answer. */
    static final class Answer {
        final int status;
        final Map<String, String> body;

        Answer(int status, Map<String, String> body) {
            this.status = status;
            this.body = body;
        }
    }
}
