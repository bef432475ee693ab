package ai.birdie.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.testkit.LocalWorkspace;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of Databricks through the vendor's JDBC driver: its bounds, its oddities, and NULL.
 */
@ExtendWith(Served.class)
final class JdbcTypesIT {
  /** What a SQL expression is in Java, and what the driver calls its type. */
  record Value(String expression, String typeName, @Nullable Object value) {
    @Override
    public String toString() {
      return expression;
    }
  }

  @SuppressWarnings("NullAway.Init")
  private static Connection connection;

  @BeforeAll
  static void connect(LocalWorkspace workspace) throws SQLException {
    connection = Jdbc.reader(workspace);
  }

  @AfterAll
  static void disconnect() throws SQLException {
    connection.close();
  }

  static Stream<Value> values() {
    return Stream.of(
        new Value("CAST(-128 AS TINYINT)", "TINYINT", (byte) -128),
        new Value("CAST(127 AS TINYINT)", "TINYINT", (byte) 127),
        new Value("CAST(-32768 AS SMALLINT)", "SMALLINT", (short) -32768),
        new Value("CAST(32767 AS SMALLINT)", "SMALLINT", (short) 32767),
        new Value("-2147483648", "INT", Integer.MIN_VALUE),
        new Value("2147483647", "INT", Integer.MAX_VALUE),
        new Value("CAST('-9223372036854775808' AS BIGINT)", "BIGINT", Long.MIN_VALUE),
        new Value("9223372036854775807L", "BIGINT", Long.MAX_VALUE),
        new Value("CAST('1.4E-45' AS FLOAT)", "FLOAT", Float.MIN_VALUE),
        new Value("CAST('3.4028235E38' AS FLOAT)", "FLOAT", Float.MAX_VALUE),
        new Value("CAST('NaN' AS FLOAT)", "FLOAT", Float.NaN),
        new Value("CAST('4.9E-324' AS DOUBLE)", "DOUBLE", Double.MIN_VALUE),
        new Value("CAST('1.7976931348623157E308' AS DOUBLE)", "DOUBLE", Double.MAX_VALUE),
        new Value("CAST('-Infinity' AS DOUBLE)", "DOUBLE", Double.NEGATIVE_INFINITY),
        new Value("-0D", "DOUBLE", -0.0),
        new Value(
            "CAST('99999999999999999999999999999999999999' AS DECIMAL(38,0))",
            "DECIMAL(38,0)",
            new BigDecimal("99999999999999999999999999999999999999")),
        new Value(
            "CAST('-0.00000000000000000000000000000000000001' AS DECIMAL(38,38))",
            "DECIMAL(38,38)",
            new BigDecimal("-0.00000000000000000000000000000000000001")),
        new Value("CAST('1.10' AS DECIMAL(10,2))", "DECIMAL(10,2)", new BigDecimal("1.10")),
        new Value("'Ünï\\'😀\\n\\t\\\\'", "STRING", "Ünï'😀\n\t\\"),
        new Value("''", "STRING", ""),
        new Value("true", "BOOLEAN", true),
        new Value("false", "BOOLEAN", false),
        new Value("X'00FF10'", "BINARY", new byte[] {0, -1, 16}),
        new Value("X''", "BINARY", new byte[0]),
        new Value("DATE'0001-01-01'", "DATE", Date.valueOf("0001-01-01")),
        new Value("DATE'1582-10-15'", "DATE", Date.valueOf("1582-10-15")),
        new Value("DATE'9999-12-31'", "DATE", Date.valueOf("9999-12-31")),
        new Value(
            "TIMESTAMP'1969-12-31 23:59:59.000001'",
            "TIMESTAMP",
            Timestamp.valueOf("1969-12-31 23:59:59.000001")),
        new Value(
            "TIMESTAMP'9999-12-31 23:59:59.999999'",
            "TIMESTAMP",
            Timestamp.valueOf("9999-12-31 23:59:59.999999")),
        new Value(
            "TIMESTAMP_NTZ'2026-03-29 02:30:00.123456'",
            "TIMESTAMP_NTZ",
            Timestamp.valueOf("2026-03-29 02:30:00.123456")),
        new Value("array(1, NULL, 3)", "ARRAY<INT>", "[1,null,3]"),
        new Value("CAST(array() AS ARRAY<STRING>)", "ARRAY<STRING>", "[]"),
        new Value("map('k', 1, 'l', NULL)", "MAP<STRING, INT>", "{\"k\":1,\"l\":null}"),
        new Value(
            "named_struct('a', 1, 'b', array('x'))",
            "STRUCT<a: INT, b: ARRAY<STRING>>",
            "{\"a\":1,\"b\":[\"x\"]}"),
        new Value(
            "parse_json('{\"a\": [1, 2.5, null, \"x\"]}')",
            "VARIANT",
            "{\"a\":[1,2.5,null,\"x\"]}"),
        new Value("INTERVAL '-1-2' YEAR TO MONTH", "INTERVAL YEAR TO MONTH", "-1-2"),
        new Value(
            "INTERVAL '1 02:03:04.567891' DAY TO SECOND",
            "INTERVAL DAY TO SECOND",
            "1 02:03:04.567891000"),
        new Value("NULL", "VOID", null));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valueComesAsItIs(Value expected) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + expected.expression() + " AS v")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getMetaData().getColumnTypeName(1)).isEqualTo(expected.typeName());
      assertThat(result.getObject(1)).isEqualTo(expected.value());
      assertThat(result.wasNull()).isEqualTo(expected.value() == null);
    }
  }

  @Test
  void everyTypeCanBeNull() throws SQLException {
    List<String> types =
        List.of(
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(38,10)",
            "STRING",
            "BOOLEAN",
            "BINARY",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "ARRAY<INT>",
            "MAP<STRING, INT>",
            "STRUCT<a: INT>",
            "VARIANT",
            "INTERVAL YEAR TO MONTH",
            "INTERVAL DAY TO SECOND");
    String nulls =
        types.stream()
            .map(type -> "CAST(NULL AS " + type + ")")
            .reduce((left, right) -> left + ", " + right)
            .orElseThrow();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + nulls)) {
      assertThat(result.next()).isTrue();
      for (int i = 1; i <= types.size(); i++) {
        assertThat(result.getMetaData().getColumnTypeName(i)).isEqualTo(types.get(i - 1));
        assertThat(result.getObject(i)).as(types.get(i - 1)).isNull();
      }
    }
  }
}
