package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.Birdie.Running;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.local.WorkspaceAccess;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.duckdb.DuckStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user meets when something is wrong: a clear message, the right exit code, no harm done.
 */
@ExtendWith(SharedWorkspace.class)
class FaultsIT {

  @TempDir private Path folder;

  @Test
  void refusesAWrongSecret(Lake lake) {
    WorkspaceAccess access = lake.workspace().access();
    WorkspaceAccess wrong =
        new WorkspaceAccess(
            access.host(),
            access.warehouseId(),
            access.clientId(),
            "canary-secret-4711",
            access.personalAccessToken(),
            access.adminToken());
    Path file = Lake.connect(folder, "nps", "nps", Map.of(), wrong);

    Answer answer = ingest(file);

    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("Try: ").doesNotContain("canary-secret-4711");
  }

  @Test
  void saysThatNobodyAnswersAtTheHost(Lake lake) {
    WorkspaceAccess access = lake.workspace().access();
    WorkspaceAccess nowhere =
        new WorkspaceAccess(
            "http://127.0.0.1:9",
            access.warehouseId(),
            access.clientId(),
            access.clientSecret(),
            access.personalAccessToken(),
            access.adminToken());

    Answer answer = Birdie.run("validate", "--local", write("nps", "nps", nowhere).toString());

    assertThat(answer.code()).isEqualTo(4);
    assertThat(answer.out()).contains("fail").contains("127.0.0.1").contains("skipped");
  }

  @Test
  void namesAWarehouseThatDoesNotExist(Lake lake) {
    WorkspaceAccess access = lake.workspace().access();
    WorkspaceAccess other =
        new WorkspaceAccess(
            access.host(),
            "0123456789abcdef",
            access.clientId(),
            access.clientSecret(),
            access.personalAccessToken(),
            access.adminToken());
    Path file = write("nps", "nps", other);

    assertThat(ingest(file).code()).isEqualTo(2);
    assertThat(ingest(file).err()).contains("0123456789abcdef");
  }

  @Test
  void namesATableOrColumnThatDoesNotExist(Lake lake) throws IOException {
    Answer table = ingest(lake.connect(folder, "no_such_table", "nps", Map.of()));
    assertThat(table.code()).isEqualTo(2);
    assertThat(table.err()).contains("main.feedback.no_such_table").contains("Try: ");

    Path file = lake.connect(folder, "nps", "nps", Map.of());
    Files.writeString(file, Files.readString(file).replace("updated_at", "upserted_at"));
    Answer column = ingest(file);
    assertThat(column.code()).isEqualTo(2);
    assertThat(column.err()).contains("upserted_at").contains("updated_at");
  }

  @Test
  void saysWhichGrantIsMissing(Lake lake) throws IOException {
    lake.sql().run("CREATE SCHEMA IF NOT EXISTS main.secret");
    lake.sql().run("CREATE TABLE IF NOT EXISTS main.secret.nps AS SELECT * FROM main.feedback.nps");
    Path file = lake.connect(folder, "nps", "nps", Map.of());
    Files.writeString(file, Files.readString(file).replace("\"feedback\"", "\"secret\""));

    Answer answer = ingest(file);

    assertThat(answer.code()).as(answer.err()).isEqualTo(3);
    assertThat(answer.err()).contains("GRANT ").contains("`main`.`secret`");
  }

  @Test
  void reportsEveryFaultOfAMalformedFile() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), "{\"data_source\": {\"tabel\": 1}}");
    Answer answer = Birdie.run("validate", file.toString());
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).contains("bad.json:1:").contains("tabel").contains("table");
    assertThat(answer.out().lines().count()).isGreaterThan(3);
  }

  @Test
  void letsOneProcessAtATimeUseAStore(Lake lake) {
    Path file = lake.connect(folder, "nps", "nps", Map.of());
    try (RootAllocator allocator = new RootAllocator();
        DuckStore store =
            DuckStore.open(folder, allocator, InstantSource.system(), RunListener.NONE)) {
      assertThat(store).isNotNull();

      Answer answer = ingest(file);

      assertThat(answer.code()).isEqualTo(7);
      assertThat(answer.err())
          .contains("in use by process " + ProcessHandle.current().pid())
          .contains("Try: ");
    }
    assertThat(ingest(file).code()).isZero();
  }

  @Test
  void survivesAWorkspaceThatGoesAway(Lake shared) throws Exception {
    try (Lake lake = Lake.open(List.of("--rows", "20"))) {
      lake.sql()
          .run(
              "CREATE TABLE main.feedback.gone AS SELECT concat('r-', id) AS feedback_id,"
                  + " repeat('text ', 40) AS text, timestamp_micros(1760000000000000 + id) AS"
                  + " updated_at FROM range(300000)");
      Path file = lake.connect(folder, "gone", "review", Map.of("window_rows", 20_000));
      Running running =
          Birdie.start(
              Birdie.command(
                  List.of("ingest", "--local", "--home", folder.toString(), file.toString())));
      awaitFirstWindow(running);
      lake.workspace().close();

      Answer answer = Birdie.finish(running);

      assertThat(answer.code()).as(answer.err()).isEqualTo(4);
      assertThat(answer.err()).contains("Try: ");
      Answer receipts = Birdie.run("receipts", "gone", "--home", folder.toString());
      assertThat(receipts.code()).as(receipts.out()).isZero();
    }
    assertThat(shared).isNotNull();
  }

  @Test
  void landsNothingHalfWhenTheDiskIsFull(Lake lake) {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.full_disk AS SELECT concat('r-', id) AS feedback_id,"
                + " sha2(CAST(id AS STRING), 512) AS text,"
                + " timestamp_micros(1760000000000000 + id) AS updated_at FROM range(200000)");
    Path file = lake.connect(folder, "full_disk", "review", Map.of("window_rows", 50_000));
    List<String> command =
        Birdie.command(List.of("ingest", "--local", "--home", folder.toString(), file.toString()));
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 12000; exec \"$@\"", "-"));
    limited.addAll(command);

    Answer full = Birdie.finish(Birdie.start(limited));

    assertThat(full.code()).as(full.err()).isEqualTo(7);
    assertThat(full.err()).contains("could not be written").contains("Free some disk space");
    assertThat(ingest(file).code()).isZero();
    SourceAndStore.assertEqual(file, folder);
  }

  @Test
  void saysThatThereIsNoStoreYet() {
    Answer answer = Birdie.run("status", "--home", folder.resolve("none").toString());
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("There is no store").contains("birdie ingest");
  }

  /** Waits for the run to say that it has landed something, by reading what it says. */
  private static void awaitFirstWindow(Running running) throws IOException {
    while (running.process().isAlive() && !Files.readString(running.err()).contains("landed")) {
      Thread.onSpinWait();
    }
  }

  private Path write(String table, String kind, WorkspaceAccess access) {
    return Lake.connect(folder, table, kind, Map.of(), access);
  }

  private Answer ingest(Path file) {
    return Birdie.run("ingest", "--local", "--home", folder.toString(), file.toString());
  }
}
