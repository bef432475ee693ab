package ai.birdie.app.config;

import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Understands the file's optional block {@code mapping}. */
final class FieldMapping {

  private static final String BLOCK = "/mapping";

  private final Values values;

  FieldMapping(Values values) {
    this.values = values;
  }

  /** Reports every key that is a field of none of the kinds. */
  void check(List<RecordKind> kinds) {
    List<String> known =
        kinds.stream().flatMap(kind -> kind.fields().stream()).map(Field::name).distinct().toList();
    for (String field : values.keys(BLOCK)) {
      if (!known.contains(field)) {
        String hint =
            Spelling.nearest(field, known)
                .map(name -> "did you mean \"" + name + "\"?")
                .orElseGet(() -> "fields are " + String.join(", ", known));
        values
            .findings()
            .faultOfKey(
                Pointer.child(BLOCK, field),
                known.isEmpty()
                    ? "is of no use, because the kind presents its columns as they are"
                    : "is not a field of the kind; " + hint);
      }
    }
  }

  /** What the block says of the kind's fields. */
  Mapping of(RecordKind kind) {
    SortedMap<String, Origin> origins = new TreeMap<>();
    Set<String> unused = new HashSet<>();
    for (String field : values.keys(BLOCK)) {
      if (kind.field(field).isPresent()) {
        String pointer = Pointer.child(BLOCK, field);
        if (values.isNull(pointer)) {
          unused.add(field);
        } else {
          origin(pointer).ifPresent(origin -> origins.put(field, origin));
        }
      }
    }
    return new Mapping(origins, unused);
  }

  private Optional<Origin> origin(String pointer) {
    Optional<String> alone = values.text(pointer);
    if (alone.isPresent()) {
      return alone.map(Origin::of);
    }
    Optional<EpochUnit> unit =
        values
            .text(Pointer.child(pointer, "unit"))
            .map(text -> EpochUnit.valueOf(text.toUpperCase(Locale.ROOT)));
    String words = Pointer.child(pointer, "words");
    SortedMap<String, String> meanings = new TreeMap<>();
    for (String word : values.keys(words)) {
      values.text(Pointer.child(words, word)).ifPresent(meaning -> meanings.put(word, meaning));
    }
    return values
        .text(Pointer.child(pointer, "column"))
        .map(column -> new Origin(column, unit, meanings));
  }
}
