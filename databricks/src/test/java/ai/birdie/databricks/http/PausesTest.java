package ai.birdie.databricks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PausesTest {

  private final List<Duration> waited = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 5;

  private Pauses pauses(Delay delay, Duration budget) {
    return new Pauses(Clock.systemUTC(), () -> nanos, delay, new SplittableRandom(1), budget);
  }

  @Test
  void backsOffLongerEachTimeUpToHalfAMinute() {
    Pauses pauses = pauses(waited::add, Duration.ofHours(1));
    for (int failures = 1; failures <= 40; failures++) {
      assertThat(pauses.beforeRetry(failures, Optional.empty())).isTrue();
    }
    assertThat(waited.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(waited.get(3)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(waited.subList(7, 40))
        .allMatch(wait -> wait.compareTo(Duration.ofSeconds(15)) >= 0)
        .allMatch(wait -> wait.compareTo(Duration.ofSeconds(30)) <= 0)
        .doesNotHaveDuplicates();
  }

  @Test
  void waitsNoLongerThanARunMay() {
    Pauses pauses = pauses(waited::add, Duration.ofSeconds(10));
    assertThat(pauses.beforeRetry(1, Optional.of(Duration.ofSeconds(9)))).isTrue();
    assertThat(pauses.beforeRetry(1, Optional.of(Duration.ofSeconds(9)))).isFalse();
    assertThat(waited).hasSize(1);
  }

  @Test
  void measuresTimeWhateverItsOrigin() {
    Pauses pauses = pauses(waited::add, Duration.ofSeconds(10));
    long deadline = pauses.deadline(Duration.ofNanos(10)); // beyond the largest long
    assertThat(pauses.passed(deadline)).isFalse();
    nanos += 11;
    assertThat(pauses.passed(deadline)).isTrue();
  }

  @Test
  void stopsWhereTheThreadIsToldTo() {
    Delay interrupted =
        pause -> {
          throw new InterruptedException();
        };
    Pauses pauses = pauses(interrupted, Duration.ofSeconds(10));
    assertThatThrownBy(() -> pauses.about(Duration.ofSeconds(1)))
        .isInstanceOf(SourceException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
