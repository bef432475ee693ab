package ai.birdie.workspace.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.statement.Warehouse.Behaviour;
import ai.birdie.workspace.statement.Warehouse.Early;
import ai.birdie.workspace.statement.Warehouse.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WarehouseTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Principal READER =
      Principal.user("reader@example.com", Principal.Role.MEMBER);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final InstantSource clock = now::get;

  private final Path folder;

  WarehouseTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void startsAndStopsInItsTime() {
    Warehouse warehouse = warehouse(State.STOPPED, Early.WAITS);
    assertThat(warehouse.state()).isEqualTo(State.STOPPED);
    warehouse.start();
    assertThat(warehouse.state()).isEqualTo(State.STARTING);
    pass(MINUTE.minusSeconds(1));
    warehouse.start();
    assertThat(warehouse.state()).isEqualTo(State.STARTING);
    pass(Duration.ofSeconds(1));
    assertThat(warehouse.state()).isEqualTo(State.RUNNING);
    warehouse.stop();
    assertThat(warehouse.state()).isEqualTo(State.STOPPING);
    pass(MINUTE);
    assertThat(warehouse.state()).isEqualTo(State.STOPPED);
  }

  @Test
  void clockThatIsSetBackDoesNotMakeItStartAnew() {
    Warehouse warehouse = warehouse(State.STOPPED, Early.WAITS);
    warehouse.start();
    pass(MINUTE);
    assertThat(warehouse.state()).isEqualTo(State.RUNNING);
    pass(Duration.ofDays(-300));
    assertThat(warehouse.state()).isEqualTo(State.RUNNING);
  }

  @Test
  void firstStatementStartsItAndIsPendingMeanwhile() throws InterruptedException {
    Warehouse warehouse = warehouse(State.STOPPED, Early.WAITS);
    try (Statements statements = statements(warehouse, new Finishing())) {
      assertThat(warehouse.admits()).isTrue();
      Statement statement = statements.submit(READER, Requests.of("SELECT 1"));
      assertThat(statement.state()).isEqualTo(Statement.State.PENDING);
      assertThat(warehouse.state()).isEqualTo(State.STARTING);
      pass(MINUTE);
      statement.await(LONG);
      assertThat(statement.state()).isEqualTo(Statement.State.SUCCEEDED);
    }
  }

  @Test
  void statementThatIsCancelledBeforeItRunsNeverDoes() throws InterruptedException {
    Finishing runner = new Finishing();
    Warehouse warehouse = warehouse(State.STOPPED, Early.WAITS);
    try (Statements statements = statements(warehouse, runner)) {
      Statement cancelled = statements.submit(READER, Requests.of("cancelled"));
      statements.cancel(cancelled);
      Statement next = statements.submit(READER, Requests.of("next"));
      pass(MINUTE);
      next.await(LONG);
      assertThat(cancelled.state()).isEqualTo(Statement.State.CANCELED);
      assertThat(runner.ran).hasValue("next");
    }
  }

  @Test
  void oneThatLetsNobodyWaitRefusesAndStarts() {
    Warehouse warehouse = warehouse(State.STOPPED, Early.IS_REFUSED);
    assertThat(warehouse.admits()).isFalse();
    pass(MINUTE);
    assertThat(warehouse.admits()).isTrue();
  }

  @Test
  void queueIsBoundedInStatementsAndInText() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    StatementRunner waiting =
        new Finishing() {
          @Override
          public Outcome run(
              String id,
              Principal principal,
              StatementRequest request,
              Path resultFolder,
              BooleanSupplier wanted) {
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return super.run(id, principal, request, resultFolder, wanted);
          }
        };
    try (Statements statements = statements(warehouse(State.RUNNING, Early.WAITS), waiting)) {
      String large = "x".repeat(14_000_000);
      for (int i = 0; i < 9; i++) {
        statements.submit(READER, Requests.of(large));
      }
      assertThatThrownBy(() -> statements.submit(READER, Requests.of(large)))
          .isInstanceOf(RejectedExecutionException.class);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 2 * Statements.QUEUE_LENGTH; i++) {
                  statements.submit(READER, Requests.of("SELECT 1"));
                }
              })
          .isInstanceOf(RejectedExecutionException.class);
      release.countDown();
    }
  }

  @Test
  void whatIsKeptIsBoundedWhileTheClockStands() throws InterruptedException {
    try (Statements statements =
        statements(warehouse(State.RUNNING, Early.WAITS), new Finishing())) {
      String large = "x".repeat(10_000_000);
      Statement last = statements.submit(READER, Requests.of(large));
      last.await(LONG);
      for (int i = 0; i < 30; i++) {
        last = statements.submit(READER, Requests.of(large));
        last.await(LONG);
      }
      assertThat(statements.history(READER)).hasSizeLessThan(12);
      assertThat(statements.find(READER, last.id())).isPresent();
    }
  }

  @Test
  void historyIsNewestFirstWhileTheClockStands() throws InterruptedException {
    try (Statements statements =
        statements(warehouse(State.RUNNING, Early.WAITS), new Finishing())) {
      List<String> submitted = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        submitted.add(statements.submit(READER, Requests.of("SELECT 1")).id());
      }
      assertThat(statements.history(READER).stream().map(Statement::id))
          .containsExactlyElementsOf(submitted.reversed());
    }
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private Warehouse warehouse(State initially, Early early) {
    return new Warehouse("w", new Behaviour(initially, MINUTE, early), clock, Thread::yield);
  }

  private Statements statements(Warehouse warehouse, StatementRunner runner) {
    return new Statements(runner, folder, warehouse, clock, new StatementIds(new Random(7)));
  }

  /** Finishes at once, with nothing. */
  private static class Finishing implements StatementRunner {
    final AtomicReference<String> ran = new AtomicReference<>();

    @Override
    public Outcome run(
        String id,
        Principal principal,
        StatementRequest request,
        Path folder,
        BooleanSupplier wanted) {
      ran.set(request.text());
      return new Outcome.Succeeded(
          new Result(List.of(), List.of(), List.of(), false, request.delivery()));
    }

    @Override
    public void cancel(String id) {}
  }
}
