package ai.birdie.workspace;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Exercises a workspace over HTTP, so that a cache of classes made from the run knows them all. */
final class Training {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT 1",
          "SELECT count(*), max(updated_at) FROM main.feedback.nps",
          "SELECT *, xxhash64(feedback_id, text) AS h FROM main.feedback.nps"
              + " WHERE updated_at BETWEEN timestamp'2020-01-01 00:00:00Z' AND current_timestamp()"
              + " ORDER BY updated_at",
          "DESCRIBE TABLE main.feedback.review",
          "CREATE TABLE main.default.trained AS SELECT * FROM main.feedback.account",
          "UPDATE main.default.trained SET name = 'x' WHERE account_id < 'm'",
          "MERGE INTO main.default.trained t USING main.feedback.account s"
              + " ON t.account_id = s.account_id WHEN MATCHED THEN UPDATE SET *"
              + " WHEN NOT MATCHED THEN INSERT *",
          "CREATE VIEW main.default.seen AS SELECT account_id, count(*) AS n"
              + " FROM main.default.trained GROUP BY account_id",
          "SELECT * FROM main.default.seen ORDER BY n DESC LIMIT 5",
          "DESCRIBE HISTORY main.default.trained",
          "DROP VIEW main.default.seen",
          "DROP TABLE main.default.trained");

  private Training() {}

  static void run(Workspace workspace) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String statement : STATEMENTS) {
        for (String delivery :
            List.of(
                "\"disposition\":\"INLINE\"",
                "\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"ARROW_STREAM\"")) {
          if (statement.startsWith("SELECT") || delivery.contains("INLINE")) {
            execute(client, workspace, statement, delivery);
          }
        }
      }
    }
  }

  private static void execute(
      HttpClient client, Workspace workspace, String statement, String delivery)
      throws IOException, InterruptedException {
    String body =
        "{\"warehouse_id\":\"%s\",\"wait_timeout\":\"50s\",%s,\"statement\":\"%s\"}"
            .formatted(workspace.credentials().warehouseId(), delivery, statement);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(workspace.host() + "/api/2.0/sql/statements"))
            .header("Authorization", "Bearer " + workspace.credentials().adminToken())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    if (!answer.contains("SUCCEEDED")) {
      throw new IllegalStateException("In training, " + statement + " came to: " + answer);
    }
  }
}
