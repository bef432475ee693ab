package ai.birdie.databricks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.SourceException;
import ai.birdie.databricks.sql.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypeTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOLEAN | c: Bool",
        "TINYINT | c: Int(8, true)",
        "BYTE | c: Int(8, true)",
        "SMALLINT | c: Int(16, true)",
        "INT | c: Int(32, true)",
        "BIGINT | c: Int(64, true)",
        "long | c: Int(64, true)",
        "FLOAT | c: FloatingPoint(SINGLE)",
        "DOUBLE | c: FloatingPoint(DOUBLE)",
        "DECIMAL(38,18) | c: Decimal(38, 18, 128)",
        "DECIMAL( 5 , 0 ) | c: Decimal(5, 0, 128)",
        "DECIMAL(7) | c: Decimal(7, 0, 128)",
        "DECIMAL | c: Decimal(10, 0, 128)",
        "STRING | c: Utf8",
        "STRING COLLATE UTF8_LCASE | c: Utf8",
        "VARCHAR(20) | c: Utf8",
        "CHAR(3) | c: Utf8",
        "BINARY | c: Binary",
        "DATE | c: Date(DAY)",
        "TIMESTAMP | c: Timestamp(MICROSECOND, UTC)",
        "TIMESTAMP_NTZ | c: Timestamp(MICROSECOND, null)",
        "VOID | c: Null",
        "VARIANT | c: Utf8",
        "GEOMETRY(4326) | c: Utf8",
        "INTERVAL YEAR TO MONTH | c: Interval(YEAR_MONTH)",
        "INTERVAL MONTH | c: Interval(YEAR_MONTH)",
        "INTERVAL DAY TO SECOND | c: Duration(MICROSECOND)",
        "INTERVAL | c: Utf8",
        "ARRAY<INT> | c: List<element: Int(32, true)>",
        "ARRAY<ARRAY<STRING>> | c: List<element: List<element: Utf8>>",
        "STRUCT<a: INT, b: STRING> | c: Struct<a: Int(32, true), b: Utf8>",
        "STRUCT<a:INT,b:DECIMAL(3,1)> | c: Struct<a: Int(32, true), b: Decimal(3, 1, 128)>",
        "STRUCT<> | c: Struct",
        "STRUCT<`x, y``z: q`: INT NOT NULL COMMENT 'it\\'s, <odd>: '> |"
            + " c: Struct<x, y`z: q: Int(32, true)>",
        "MAP<STRING, ARRAY<INT>> | c: Map(false)<entries: Struct<key: Utf8 not null,"
            + " value: List<element: Int(32, true)>> not null>",
      })
  void readsEveryType(String text, String arrow) {
    assertThat(TypeText.field("c", new Column("c", text)).toString()).isEqualTo(arrow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "HYPERLOGLOG",
        "DECIMAL(39,0)",
        "DECIMAL(3,4)",
        "DECIMAL(1,",
        "ARRAY",
        "ARRAY<",
        "ARRAY<INT",
        "ARRAY<INT>>",
        "MAP<INT>",
        "MAP<INT,",
        "STRUCT<a>",
        "STRUCT<a INT b INT>",
        "STRUCT<`a: INT>",
        "INT INT",
        "INT; DROP",
        "STRUCT<a: INT COMMENT 'x>",
        "<",
        "(",
        "``"
      })
  void refusesWhatItDoesNotKnowAndNamesTheColumn(String text) {
    assertThatThrownBy(() -> TypeText.field("c", new Column("the_column", text)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the_column");
  }

  @Test
  void refusesATextThatNeverEnds() {
    String deep = "ARRAY<".repeat(100_000);
    assertThatThrownBy(() -> TypeText.field("c", new Column("c", deep)))
        .isInstanceOf(SourceException.class);
  }
}
