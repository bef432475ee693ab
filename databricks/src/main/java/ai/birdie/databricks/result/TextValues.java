package ai.birdie.databricks.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Puts values that came as text where they would be had they come as Arrow. Times are whole numbers
 * of the vector's unit, or ISO 8601 inside of what is nested; bytes are base64; what is nested is
 * JSON. Used by one thread at a time.
 */
final class TextValues {

  private static final String WHOLE_NUMBER = "-?[0-9]+";

  private final ObjectMapper json =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

  /**
   * Sets one value.
   *
   * @throws RuntimeException if the text is none of the vector's type
   */
  void set(FieldVector vector, int at, String text) {
    if (vector instanceof ListVector || vector instanceof StructVector) {
      try {
        set(vector, at, json.readTree(text));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("Not JSON"); // its text would repeat the value
      }
    } else {
      scalar(vector, at, text);
    }
  }

  private void set(FieldVector vector, int at, JsonNode value) {
    if (value.isNull()) {
      vector.setNull(at);
    } else if (vector instanceof MapVector map) {
      entries(map, at, value);
    } else if (vector instanceof ListVector list) {
      items(list, at, value);
    } else if (vector instanceof StructVector struct) {
      struct.setIndexDefined(at);
      for (FieldVector member : struct.getChildrenFromFields()) {
        JsonNode held = value.get(member.getName());
        set(member, at, held == null ? json.nullNode() : held);
      }
    } else if (vector instanceof VarCharVector && !value.isTextual()) {
      scalar(vector, at, value.toString()); // a VARIANT
    } else {
      scalar(vector, at, value.asText());
    }
  }

  private void items(ListVector list, int at, JsonNode values) {
    int start = list.startNewValue(at);
    int n = 0;
    for (JsonNode item : values) {
      set(list.getDataVector(), start + n++, item);
    }
    list.endValue(at, n);
  }

  private void entries(MapVector map, int at, JsonNode values) {
    StructVector entries = (StructVector) map.getDataVector();
    int start = map.startNewValue(at);
    int n = 0;
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      entries.setIndexDefined(start + n);
      set(entries.getChild(MapVector.KEY_NAME), start + n, TextNode.valueOf(entry.getKey()));
      set(entries.getChild(MapVector.VALUE_NAME), start + n, entry.getValue());
      n++;
    }
    map.endValue(at, n);
  }

  private static void scalar(FieldVector vector, int at, String text) {
    switch (vector.getMinorType()) {
      case BIT -> ((BitVector) vector).setSafe(at, bit(text));
      case TINYINT -> ((TinyIntVector) vector).setSafe(at, Byte.parseByte(text));
      case SMALLINT -> ((SmallIntVector) vector).setSafe(at, Short.parseShort(text));
      case INT -> ((IntVector) vector).setSafe(at, Integer.parseInt(text));
      case BIGINT -> ((BigIntVector) vector).setSafe(at, Long.parseLong(text));
      case FLOAT4 -> ((Float4Vector) vector).setSafe(at, Float.parseFloat(text));
      case FLOAT8 -> ((Float8Vector) vector).setSafe(at, Double.parseDouble(text));
      case DECIMAL -> decimal((DecimalVector) vector, at, text);
      case VARCHAR -> ((VarCharVector) vector).setSafe(at, text.getBytes(UTF_8));
      case VARBINARY ->
          ((VarBinaryVector) vector).setSafe(at, Base64.getMimeDecoder().decode(text));
      case DATEDAY -> ((DateDayVector) vector).setSafe(at, Math.toIntExact(days(text)));
      case TIMESTAMPMICROTZ -> ((TimeStampMicroTZVector) vector).setSafe(at, instant(text));
      case TIMESTAMPMICRO -> ((TimeStampMicroVector) vector).setSafe(at, local(text));
      case INTERVALYEAR -> ((IntervalYearVector) vector).setSafe(at, Integer.parseInt(text));
      case DURATION -> ((DurationVector) vector).setSafe(at, Long.parseLong(text));
      default -> throw new IllegalArgumentException("No text for " + vector.getMinorType());
    }
  }

  private static int bit(String text) {
    return switch (text) {
      case "true" -> 1;
      case "false" -> 0;
      default -> throw new IllegalArgumentException("Neither true nor false");
    };
  }

  private static void decimal(DecimalVector vector, int at, String text) {
    BigDecimal value = new BigDecimal(text).setScale(vector.getScale(), RoundingMode.UNNECESSARY);
    vector.setSafe(at, value);
  }

  private static long days(String text) {
    return text.matches(WHOLE_NUMBER) ? Long.parseLong(text) : LocalDate.parse(text).toEpochDay();
  }

  private static long instant(String text) {
    return text.matches(WHOLE_NUMBER)
        ? Long.parseLong(text)
        : ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
  }

  private static long local(String text) {
    return text.matches(WHOLE_NUMBER)
        ? Long.parseLong(text)
        : ChronoUnit.MICROS.between(
            Instant.EPOCH, LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
  }
}
