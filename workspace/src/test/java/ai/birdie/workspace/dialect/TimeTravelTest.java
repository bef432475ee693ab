package ai.birdie.workspace.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeTravelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "SELECT * FROM t@v7 | SELECT * FROM t VERSION AS OF 7",
        "SELECT * FROM main.s.`odd @v1 name`@V12 AS x | SELECT * FROM main.s.`odd @v1 name` VERSION"
            + " AS OF 12 AS x",
        "FROM a@v1 JOIN b@v2 USING (k) | FROM a VERSION AS OF 1 JOIN b VERSION AS OF 2 USING (k)",
        "SELECT '😀' FROM `t😀`@v3; | SELECT '😀' FROM `t😀` VERSION AS OF 3;",
        "SELECT * FROM t@20260131235958123 | SELECT * FROM t TIMESTAMP AS OF '2026-01-31"
            + " 23:59:58.123'"
      })
  void shortFormIsSpelledOut(String text, String spelledOut) {
    assertThat(TimeTravel.spelledOut(text)).isEqualTo(spelledOut);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 't@v1', \"t@v1\" -- t@v1",
        "SELECT /* t@v1 /* nested */ t@v1 */ `t@v1`",
        "SELECT 'it\\'s t@v1', r'\\t@v1'",
        "SELECT * FROM t @v1",
        "SELECT * FROM t@ v1",
        "SELECT * FROM t@v",
        "SELECT * FROM t@2026",
        "SELECT @@version",
        "",
        "@"
      })
  void allElseIsLeftAsItIs(String text) {
    assertThat(TimeTravel.spelledOut(text)).isEqualTo(text);
  }
}
