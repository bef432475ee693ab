package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.Birdie.Running;
import ai.birdie.app.SharedWorkspace.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process in the middle of an ingest, and looks at what the next run makes of it. */
@ExtendWith(SharedWorkspace.class)
class KillIT {

  private static final int KILLS = 20;
  private static final int ROWS = 200_000;

  @TempDir private Path folder;

  @Test
  void endsWithTheStoreEqualToTheSourceWheneverItWasKilled(Lake lake) throws Exception {
    lake.sql()
        .run(
            """
            CREATE TABLE main.feedback.kill AS
            SELECT concat('r-', id) AS feedback_id, concat('text of ', id, repeat(' and', 20)) AS text,
              CAST(id %% 5 + 1 AS INT) AS rating,
              timestamp_micros(1760000000000000 + id * 1000003) AS updated_at
            FROM range(%d)
            """
                .formatted(ROWS));
    Path file = lake.connect(folder, "kill", "review", Map.of("window_rows", ROWS / 10));
    Path newest =
        lake.connect(
            Files.createDirectory(folder.resolve("newest")),
            "kill",
            "review",
            Map.of("window_rows", ROWS / 10, "order", "newest"));
    List<String> ingest = ingest(file);
    long started = System.nanoTime();
    assertThat(Birdie.run(to(ingest, folder.resolve("whole"))).code()).isZero();
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    SourceAndStore source = SourceAndStore.of(file);
    source.assertHeldBy(folder.resolve("whole"));

    long seed = new Random().nextLong();
    Random random = new Random(seed);
    System.out.println("KillIT: seed " + seed);
    int interrupted = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path home = folder.resolve("home-" + kill);
      List<String> ingesting = kill % 2 == 0 ? ingest : ingest(newest);
      Running running = Birdie.start(Birdie.command(to(ingesting, home)));
      boolean ended = running.process().waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS);
      running.process().destroyForcibly().waitFor(); // SIGKILL
      interrupted += ended ? 0 : 1;

      Answer next = Birdie.run(to(ingesting, home));

      assertThat(next.code()).as("seed %d, kill %d: %s", seed, kill, next.err()).isZero();
      source.assertHeldBy(home);
      assertBalanced(home);
      delete(home);
    }
    assertThat(interrupted).as("seed %d: kills that met a running process", seed).isPositive();
  }

  private static List<String> ingest(Path file) {
    return List.of("ingest", "--local", file.toString(), "--home");
  }

  private static void assertBalanced(Path home) {
    Answer receipts = Birdie.run("receipts", "kill", "--home", home.toString());
    assertThat(receipts.code()).as(receipts.out()).isZero();
  }

  private static List<String> to(List<String> command, Path home) {
    return Stream.concat(command.stream(), Stream.of(home.toString())).toList();
  }

  private static void delete(Path home) throws IOException {
    try (var files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
