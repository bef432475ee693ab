package ai.birdie.workspace.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.catalog.Commits;
import ai.birdie.workspace.statement.Failure;
import ai.birdie.workspace.statement.Outcome;
import ai.birdie.workspace.statement.Requests;
import ai.birdie.workspace.statement.StatementRequest;
import ai.birdie.workspace.statement.StatementRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class HeldTransactionsTest {
  private static final Principal WRITER =
      Principal.user("writer@example.com", Principal.Role.MEMBER);

  @TempDir Path folder;

  @Test
  @Timeout(60)
  void closingDoesNotWaitForEverForOneThatDoesNotEnd() throws Exception {
    Stuck runner = new Stuck();
    HeldTransactions transactions =
        new HeldTransactions(
            runner,
            new Commits(InstantSource.system()),
            folder,
            InstantSource.system(),
            () -> "id",
            Duration.ofMillis(1));
    try (ExecutorService client = Executors.newSingleThreadExecutor()) {
      Future<HeldTransactions.Begun> begun =
          client.submit(() -> transactions.begin(WRITER, Requests.of("DELETE FROM t")));
      runner.runs.await();

      transactions.close();

      assertThat(begun.isDone()).isFalse();
      runner.end.countDown();
      assertThat(begun.get()).isInstanceOf(HeldTransactions.Begun.Ended.class);
    }
  }

  /** Does not heed that it is cancelled. */
  private static final class Stuck implements StatementRunner {
    final CountDownLatch runs = new CountDownLatch(1);
    final CountDownLatch end = new CountDownLatch(1);

    @Override
    public Outcome run(
        String id,
        Principal principal,
        StatementRequest request,
        Path folder,
        BooleanSupplier wanted) {
      runs.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Outcome.Failed(new Failure("CANCELLED", "It was cancelled.", Optional.empty()));
    }

    @Override
    public void cancel(String id) {}
  }
}
