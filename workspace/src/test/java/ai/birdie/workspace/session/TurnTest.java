package ai.birdie.workspace.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class TurnTest {
  private final Turn turn = new Turn();

  @Test
  void oneAtATimeHasIt() {
    assertThat(turn.begin(() -> true)).isTrue();
    assertThat(turn.isTaken()).isTrue();
    assertThat(turn.beginIfFree()).isFalse();
    turn.end();
    assertThat(turn.isTaken()).isFalse();
    assertThat(turn.beginIfFree()).isTrue();
  }

  @Test
  void whoIsNotWantedDoesNotGetIt() {
    assertThat(turn.begin(() -> false)).isFalse();
    assertThat(turn.isTaken()).isFalse();
  }

  @Test
  void whoIsNoLongerWantedStopsWaitingWhileAnotherHasIt() throws InterruptedException {
    assertThat(turn.begin(() -> true)).isTrue();
    AtomicBoolean wanted = new AtomicBoolean(true);
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<Boolean> begun =
        CompletableFuture.supplyAsync(() ->
            turn.begin(() -> {
              asked.countDown();
              return wanted.get();
            }));
    asked.await();
    wanted.set(false);
    turn.ask();
    assertThat(begun.join()).isFalse();
    turn.end();
    assertThat(turn.beginIfFree()).isTrue();
  }
}
