package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Redactor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Takes personal data out of a feed's batches before DuckDB sees them, so that neither its file nor
 * its log nor what it spills to disk ever holds it. The rows keep the hash that the source
 * computed.
 */
final class Redacting {

  private final List<String> columns;
  private final Supplier<Redactor> redactor;

  private Redacting(List<String> columns, Supplier<Redactor> redactor) {
    this.columns = columns;
    this.redactor = redactor;
  }

  /**
   * What the feed asks for, of batches of that schema.
   *
   * @param redactors asked only if there is something to redact
   * @throws ConfigException if it asks for a column that is not there, or that holds no text
   */
  static Redacting of(Feed feed, Schema schema, Supplier<Redactor> redactors) {
    List<String> names = schema.getFields().stream().map(Field::getName).toList();
    List<String> columns = feed.redaction().columns(feed, names);
    columns.forEach(column -> requireText(feed, schema.findField(column)));
    return columns.isEmpty()
        ? new Redacting(columns, redactors)
        : new Redacting(columns, keeping(redactors.get()));
  }

  private static Supplier<Redactor> keeping(Redactor redactor) {
    return () -> redactor;
  }

  private static void requireText(Feed feed, Field column) {
    if (!holdsText(column)) {
      throw new ConfigException(
          "The column %s of %s is to be redacted, and holds no text."
              .formatted(column.getName(), feed.table()),
          "Take it out of the list at \"redact\" in the connection file, or let the feed read a view that casts it to STRING. Nothing was landed.");
    }
    if (feed.key().stream().anyMatch(column.getName()::equalsIgnoreCase)) {
      throw new ConfigException(
          "The column %s of %s is to be redacted, and is of the key of %s."
              .formatted(column.getName(), feed.table(), feed.name()),
          "Choose another key, or other columns at \"redact\" in the connection file. Nothing was landed.");
    }
  }

  /** Texts, lists of texts, and the like; and columns that hold nothing. */
  private static boolean holdsText(Field field) {
    return field.getType() instanceof ArrowType.Utf8
        || field.getType() instanceof ArrowType.Null
        || (field.getDictionary() == null
            && field.getChildren().stream().anyMatch(Redacting::holdsText));
  }

  /** Changes the batch's texts where they hold something. */
  void redact(VectorSchemaRoot batch) {
    for (String column : columns) {
      redact(batch.getVector(column));
    }
  }

  private void redact(FieldVector vector) {
    if (vector instanceof VarCharVector texts) {
      int first = firstChanged(texts);
      if (first < texts.getValueCount()) {
        rewrite(texts, first);
      }
    } else if (!(vector instanceof NullVector)) {
      vector.getChildrenFromFields().forEach(this::redact);
    }
  }

  /** The place of the first text that holds something; the number of texts if none does. */
  private int firstChanged(VarCharVector texts) {
    int place = 0;
    while (place < texts.getValueCount() && !isChanged(texts, place)) {
      place++;
    }
    return place;
  }

  private boolean isChanged(VarCharVector texts, int place) {
    if (!isSuspect(texts, place)) {
      return false;
    }
    String text = text(texts, place);
    return !redactor.get().redact(text).equals(text);
  }

  private void rewrite(VarCharVector texts, int first) {
    Texts.rewrite(
        texts,
        place -> place >= first && isSuspect(texts, place),
        (all, place) -> redactor.get().redact(text(all, place)).getBytes(UTF_8));
  }

  private boolean isSuspect(VarCharVector texts, int place) {
    if (texts.isNull(place)) {
      return false;
    }
    int start = texts.getStartOffset(place);
    ByteBuffer bytes = texts.getDataBuffer().nioBuffer(start, texts.getEndOffset(place) - start);
    return redactor.get().isSuspect(bytes);
  }

  private static String text(VarCharVector texts, int place) {
    return new String(texts.get(place), UTF_8);
  }
}
