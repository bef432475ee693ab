package ai.birdie.workspace.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LargeBodiesTest {

  @Test
  void turnsAwayWhoFindsNoRoomUntilSomebodyLeaves() {
    LargeBodies large = new LargeBodies(2, Duration.ZERO);
    assertThat(large.enter()).isTrue();
    assertThat(large.enter()).isTrue();
    assertThat(large.enter()).isFalse();

    large.leave();
    assertThat(large.enter()).isTrue();
    assertThat(large.enter()).isFalse();
  }
}
