package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that ends at any statement of all that a writer does, and a log that a loss of power
 * has cut anywhere.
 */
class CrashIT {

  private static final int CUTS = 40;
  private static final int CUTS_A_NEXT_RUN = 10;

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  /**
   * What a process that is killed before a statement leaves: a copy of its files as they are then.
   *
   * @param windows how many windows the loop had been told were durable
   */
  private record Moment(int statement, String sql, int windows, Path files) {}

  @Test
  void case20WhereverItEndsTheStoreIsAsAfterACommitAndTheNextRunCompletesIt() {
    for (Moment moment : moments()) {
      Path home = copy(moment.files(), folder.resolve("at-" + moment.statement()));
      String where = "before statement %d, %s".formatted(moment.statement(), moment.sql());
      if (isMade(home)) {
        try (StoreReader reader = StoreReader.open(home)) {
          assertThat(reader.verify().failure()).as(where).isEmpty();
          long windows = number(reader, "SELECT count(*) FROM birdie.receipt");
          assertThat(windows - moment.windows()).as(where).isBetween(0L, 1L);
        }
      } else {
        assertThat(moment.windows()).as(where).isZero();
      }
      assertNextRunCompletes(home, where);
    }
  }

  @Test
  void fault51AProcessThatHaltsLeavesWhatWasFoundInItsFilesAtThatStatement() throws Exception {
    for (Moment moment : moments()) {
      Path home = Files.createDirectory(folder.resolve("halted-" + moment.statement()));
      try (OtherProcess process = OtherProcess.start("halt " + moment.statement(), home)) {
        assertThat(process.awaitEnd()).isEqualTo(OtherProcess.HALTED);
      }
      assertThat(contents(home)).as(moment.sql()).isEqualTo(contents(moment.files()));
    }
  }

  @Test
  void fault53ALogThatIsCutAnywhereEndsAfterOneOfItsCommits() throws IOException {
    List<Moment> moments = moments();
    Path longest =
        moments.stream()
            .map(Moment::files)
            .max(Comparator.comparingLong(CrashIT::log))
            .orElseThrow();
    Set<List<String>> committed = new HashSet<>();
    for (Moment moment : moments) {
      if (same(moment.files().resolve(DuckStore.FILE), longest.resolve(DuckStore.FILE))) {
        committed.add(contents(moment.files()));
      }
    }
    assertThat(committed).hasSizeGreaterThan(5);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int cut = 0; cut < CUTS; cut++) {
      long length = random.nextLong(log(longest));
      Path home = copy(longest, folder.resolve("cut-" + cut));
      cut(StoreFiles.log(home.resolve(DuckStore.FILE)), length);
      String where = "%d bytes, seed %d".formatted(length, seed);
      assertThat(committed).as(where).contains(contents(home));
      if (cut % CUTS_A_NEXT_RUN == 0) {
        assertNextRunCompletes(home, where);
      }
    }
  }

  private void assertNextRunCompletes(Path home, String where) {
    try (LongRun next = new LongRun(home)) {
      next.goOn();
      try (StoreReader reader = StoreReader.open(home)) {
        assertThat(reader.verify().failure()).as(where).isEmpty();
        assertThat(Stores.query(reader, "SELECT feedback_id || text FROM review ORDER BY 1"))
            .as(where)
            .extracting(row -> String.valueOf(row.getFirst()))
            .isEqualTo(next.rows());
      }
    }
  }

  /** Every statement before which the files are others than before the one that went ahead. */
  private List<Moment> moments() {
    Path home = folder.resolve("home");
    List<Moment> moments = new ArrayList<>();
    int[] statements = {0};
    try (LongRun run = new LongRun(home)) {
      run.play(sql -> {
        if (moments.isEmpty() || !sameFiles(home, moments.getLast().files())) {
          Path files = copy(home, folder.resolve("moment-" + statements[0]));
          moments.add(
              new Moment(statements[0], sql.lines().findFirst().orElse(""), run.windows(), files));
        }
        statements[0]++;
      });
    }
    System.out.printf(
        "CrashIT: %d statements, %d states of the files%n", statements[0], moments.size());
    assertThat(moments).hasSizeGreaterThan(15);
    return moments;
  }

  /** Whether there is a store yet. */
  private static boolean isMade(Path home) {
    return Files.exists(home.resolve(DuckStore.FILE));
  }

  private static List<String> contents(Path home) {
    if (!isMade(home)) {
      return List.of();
    }
    try (StoreReader reader = StoreReader.open(home)) {
      return Stores.contents(reader);
    }
  }

  private static long number(StoreReader reader, String sql) {
    return Long.parseLong(String.valueOf(Stores.query(reader, sql).getFirst().getFirst()));
  }

  private static boolean sameFiles(Path home, Path other) {
    Path file = home.resolve(DuckStore.FILE);
    Path otherFile = other.resolve(DuckStore.FILE);
    return same(file, otherFile) && same(StoreFiles.log(file), StoreFiles.log(otherFile));
  }

  /** To read them gives the run's locks back, which nobody else wants here. */
  private static boolean same(Path file, Path other) {
    try {
      boolean both = Files.exists(file) && Files.exists(other);
      return both ? Files.mismatch(file, other) < 0 : Files.exists(file) == Files.exists(other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path copy(Path home, Path to) {
    try {
      Files.createDirectory(to);
      Path file = home.resolve(DuckStore.FILE);
      for (Path each : List.of(file, StoreFiles.log(file))) {
        if (Files.exists(each)) {
          Files.copy(each, to.resolve(each.getFileName()));
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The size of the log. */
  private static long log(Path home) {
    try {
      Path log = StoreFiles.log(home.resolve(DuckStore.FILE));
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }
}
