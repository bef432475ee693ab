package ai.birdie.databricks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "1 | 1",
        " 7  | 7",
        "59 | 59",
        "61 | 60",
        "1000000000 | 60",
        "99999999999999999999999999 | 60",
        "Sun, 22 Nov 2026 12:00:09 GMT | 9",
        "Sun, 22 Nov 2026 11:00:00 GMT | 0",
        "Sun, 22 Nov 2099 11:00:00 GMT | 60",
      })
  void honoursSecondsAndDatesWithinReason(String header, long seconds) {
    assertThat(RetryAfter.of(Optional.of(header), NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "Sun, 99 Nov 2026 12:00:09 GMT", "0x10"})
  void ignoresWhatItCannotRead(String header) {
    assertThat(RetryAfter.of(Optional.of(header), NOW)).isEmpty();
  }

  @Test
  void saysNothingWithoutAHeader() {
    assertThat(RetryAfter.of(Optional.empty(), NOW)).isEmpty();
  }
}
