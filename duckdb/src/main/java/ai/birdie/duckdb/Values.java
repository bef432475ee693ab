package ai.birdie.duckdb;

import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;
import org.jspecify.annotations.Nullable;

/** Turns what the driver gives into values that a {@link RowSink} takes. */
final class Values {

  private Values() {}

  static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case Boolean flag -> flag;
      case Number number -> number;
      case String text -> text;
      case JsonNode json -> new JsonText(json.toString());
      case OffsetDateTime time -> time.toInstant().toString();
      case Timestamp time -> time.toLocalDateTime().toString();
      case Array array -> list(Arrays.asList((@Nullable Object[]) array.getArray()));
      case List<?> list -> list(list);
      case DuckDBStruct struct -> map(struct.getMap());
      case Struct struct -> list(Arrays.asList(struct.getAttributes()));
      case Map<?, ?> map -> map(map);
      case Blob blob -> Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length()));
      default -> value.toString();
    };
  }

  private static List<@Nullable Object> list(List<? extends @Nullable Object> values)
      throws SQLException {
    List<@Nullable Object> plain = new ArrayList<>();
    for (Object value : values) {
      plain.add(plain(value));
    }
    return plain;
  }

  private static Map<String, @Nullable Object> map(
      Map<? extends @Nullable Object, ? extends @Nullable Object> values) throws SQLException {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (Map.Entry<? extends @Nullable Object, ? extends @Nullable Object> entry :
        values.entrySet()) {
      plain.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
    }
    return plain;
  }
}
