package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.window.Interval;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Conditions are SQL whatever the machine's language. */
class BoundsTest {

  @Test
  void numbersAreThoseOfSqlWhereDigitsAreOthers() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat("%d".formatted(12)).as("the locale has digits of its own").isNotEqualTo("12");
      assertThat(Bounds.within(new Interval(1_234_567, 2_000_000), "_cursor"))
          .isEqualTo("(_cursor >= 1234567 AND _cursor < 2000000)");
    } finally {
      Locale.setDefault(before);
    }
  }
}
