package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder of CSV files, served and ingested. The files are made here, unless the system property
 * {@code birdie.data} names a folder with {@code review.csv}, {@code social_media_post.csv}, and
 * {@code support_ticket.csv} of one's own.
 */
class DataFolderIT {

  private static final Map<String, String> CURSORS =
      Map.of(
          "review", "updated_at", "social_media_post", "loaded_at", "support_ticket", "updated_at");

  @TempDir private Path folder;

  @Test
  void holdsTheServedFilesAndFollowsTheirChanges() throws IOException {
    try (Lake lake = Lake.start(List.of("--data", data().toString()))) {
      List<Path> files = new ArrayList<>();
      for (Map.Entry<String, String> table : CURSORS.entrySet()) {
        Path file = lake.connect(folder, table.getKey(), table.getKey(), Map.of());
        Files.writeString(
            file, Files.readString(file).replace("\"updated_at\"", '"' + table.getValue() + '"'));
        files.add(file);
      }
      run("validate", files);
      ingestAndCompare(files);

      lake.sql()
          .run(
              "UPDATE main.feedback.review SET text = upper(text), updated_at = current_timestamp()"
                  + " WHERE rating >= 4");
      lake.sql()
          .run(
              "INSERT INTO main.feedback.social_media_post BY NAME SELECT * EXCEPT (message_id,"
                  + " loaded_at), concat('again-', message_id) AS message_id,"
                  + " current_timestamp() AS loaded_at FROM main.feedback.social_media_post LIMIT 50");
      lake.sql()
          .run(
              """
              MERGE INTO main.feedback.support_ticket t
              USING (SELECT DISTINCT conversation_id FROM main.feedback.support_ticket LIMIT 9) s
              ON t.conversation_id = s.conversation_id
              WHEN MATCHED AND t.message_id = '1'
                THEN UPDATE SET status = 'Reopened', updated_at = current_timestamp()
              """);
      ingestAndCompare(files);
    }
  }

  private void ingestAndCompare(List<Path> files) {
    run("ingest", files);
    files.forEach(file -> SourceAndStore.assertEqual(file, folder));
  }

  private void run(String command, List<Path> files) {
    List<String> words = new ArrayList<>(List.of(command, "--local", "--home", folder.toString()));
    files.forEach(file -> words.add(file.toString()));
    Answer answer = Birdie.run(words);
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
  }

  private Path data() throws IOException {
    String own = System.getProperty("birdie.data", "");
    if (!own.isEmpty()) {
      return Birdie.ROOT.resolve(own).normalize();
    }
    Path data = Files.createDirectories(folder.resolve("data"));
    StringBuilder reviews =
        new StringBuilder("feedback_id,title,text,rating,posted_at,updated_at\n");
    StringBuilder posts =
        new StringBuilder("conversation_id,message_id,text,posted_at,loaded_at\n");
    StringBuilder tickets =
        new StringBuilder("conversation_id,message_id,status,text,posted_at,updated_at\n");
    for (int i = 0; i < 400; i++) {
      String time = "2026-03-%02dT10:00:00.%06dZ".formatted(1 + i % 28, i);
      String text = i % 7 == 0 ? "" : "\"says \"\"%d\"\",\nthen 😀, then |\"".formatted(i);
      reviews.append("%05d,,%s,%d,%s,%s%n".formatted(i, text, 1 + i % 5, time, time));
      posts.append("p-%d,1,%s,%s,%s%n".formatted(i, text, time, time));
      tickets.append("%d,%d,Open,%s,%s,%s%n".formatted(i / 2, 1 + i % 2, text, time, time));
    }
    Files.writeString(data.resolve("review.csv"), reviews);
    Files.writeString(data.resolve("social_media_post.csv"), posts);
    Files.writeString(data.resolve("support_ticket.csv"), tickets);
    return data;
  }
}
