package ai.birdie.core.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "yyyyMMdd | 86400000000 | 20231114",
        "yyyy-MM-dd HH | 3600000000 | 2023-11-14 22",
        "yyyy/MM/dd HH:mm | 60000000 | 2023/11/14 22:13",
        "yyyy-MM-dd HH:mm:ss | 1000000 | 2023-11-14 22:13:20",
        "yyyy-MM-dd'T'HH:mm:ss.SSS'Z' | 1000 | 2023-11-14T22:13:20.123Z",
        "yyyyMMddHHmmssSSSSSS | 1 | 20231114221320123456",
      })
  void saysATimeToItsUnit(String letters, long unit, String text) {
    TextPattern pattern = new TextPattern(letters);
    assertThat(pattern.unitMicros()).isEqualTo(unit);
    assertThat(pattern.format(1_700_000_000_123_456L)).isEqualTo(text);
    assertThat(pattern.width()).isEqualTo(text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd.MM.yyyy",
        "yyyy-M-d",
        "yyyy-MM-dd HH:mm:ss.SSSSSSS",
        "yyyy-MM-dd hh:mm",
        "yyyy-MM-dd HH:ss",
        "yyyy-MM",
        "",
        "yyyy-MM-dd'T",
      })
  void refusesWhatDoesNotSortAsTimesDo(String letters) {
    assertThatThrownBy(() -> new TextPattern(letters)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sortsAsTheTimesDo(long seed) {
    Random random = new Random(seed);
    TextPattern pattern = new TextPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    for (int i = 0; i < 1_000; i++) {
      long a = random.nextLong(-62_135_596_800_000_000L, 253_402_300_800_000_000L);
      long b = random.nextBoolean() ? a + 1 : random.nextLong(253_402_300_800_000_000L);
      assertThat(Integer.signum(pattern.format(a).compareTo(pattern.format(b))))
          .as("seed %d: %d and %d", seed, a, b)
          .isEqualTo(Long.compare(a, b));
    }
  }
}
