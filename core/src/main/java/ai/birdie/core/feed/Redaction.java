package ai.birdie.core.feed;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import java.util.List;
import java.util.Optional;

/** From which columns personal data is taken out before anything of a row is stored. */
public sealed interface Redaction {

  /** From none. */
  record None() implements Redaction {

    @Override
    public List<String> names(Feed feed) {
      return List.of();
    }

    @Override
    public List<String> columns(Feed feed, List<String> present) {
      return List.of();
    }
  }

  /** From those that hold the kind's fields in which people write what they like. */
  record FreeText() implements Redaction {

    private static final List<String> FIELDS = List.of("text", "title");

    /** Whether rows of the kind have such a field. */
    public static boolean isIn(RecordKind kind) {
      return !fields(kind).isEmpty();
    }

    private static List<String> fields(RecordKind kind) {
      return kind.fields().stream().map(Field::name).filter(FIELDS::contains).toList();
    }

    @Override
    public List<String> names(Feed feed) {
      return feed.mapping().columns(fields(feed.kind()));
    }

    @Override
    public List<String> columns(Feed feed, List<String> present) {
      List<String> names = names(feed);
      List<String> columns = names.stream().flatMap(name -> named(name, present).stream()).toList();
      if (isIn(feed.kind()) && columns.isEmpty()) {
        throw new ConfigException(
            "%s is to be redacted, and %s has no column for the texts that people write: none of %s."
                .formatted(feed.name(), feed.table(), names),
            "List the columns in which they write, such as \"redact\": [\"comment\"]. Nothing was landed.");
      }
      return columns;
    }
  }

  /** From these. */
  record Columns(List<String> names) implements Redaction {

    public Columns {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("No column is to be redacted");
      }
    }

    @Override
    public List<String> names(Feed feed) {
      return names;
    }

    @Override
    public List<String> columns(Feed feed, List<String> present) {
      return names.stream().map(name -> column(name, feed, present)).toList();
    }

    private static String column(String name, Feed feed, List<String> present) {
      return named(name, present)
          .orElseThrow(() ->
              new ConfigException(
                  "The column %s of %s is to be redacted, and there is none."
                      .formatted(name, feed.table()),
                  "Correct the names at \"redact\" in the connection file. Nothing was landed."));
    }
  }

  /** What the columns are called, whether they are there or not. */
  List<String> names(Feed feed);

  /**
   * Which of the columns that are present it is.
   *
   * @throws ConfigException if one that must be redacted is not there
   */
  List<String> columns(Feed feed, List<String> present);

  private static Optional<String> named(String name, List<String> present) {
    return present.stream().filter(name::equalsIgnoreCase).findFirst();
  }
}
