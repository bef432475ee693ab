package ai.birdie.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 7, 0 %",
    "7, 7, 100 %",
    "1, 1000000, less than 0.1 %",
    "999999, 1000000, more than 99.9 %",
    "1, 8, 12.5 %"
  })
  void aShareIsNeverRoundedToNothingOrAll(long part, long whole, String share) {
    assertThat(Words.share(part, whole)).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0 ms",
    "PT0.0004S, 0 ms",
    "PT0.25S, 250 ms",
    "PT59.9S, 59 s",
    "PT1H, 1 h",
    "PT1H0M30S, 1 h",
    "P1DT2H3M, 1 d 2 h",
    "P400DT5M, 400 d"
  })
  void aSpanHasItsTwoLargestUnits(Duration span, String words) {
    assertThat(Words.span(span)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "PT50M, PT1H, PT2H",
    "PT62M, PT1H, PT2H",
    "PT9H, PT1H, PT12H",
    "PT48H, PT1H, P2D",
    "PT10S, PT10S, PT1M",
    "P13D, PT1H, P14D",
    "P1D, P20D, PT816H"
  })
  void aLagIsLongEnoughAndLongerThanBefore(Duration least, Duration present, String lag) {
    assertThat(Words.lag(least, present)).isEqualTo(lag);
    assertThat(Duration.parse(lag)).isGreaterThanOrEqualTo(least).isGreaterThan(present);
  }

  @ParameterizedTest
  @CsvSource({
    "P1D, days",
    "PT1H, hours",
    "PT1M, minutes",
    "PT1S, seconds",
    "PT0.001S, milliseconds",
    "PT0.000001S, microseconds"
  })
  void aUnitIsNamed(Duration unit, String words) {
    assertThat(Words.unit(unit)).isEqualTo(words);
  }
}
