package ai.birdie.app.config;

import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Understands {@code metadata.data_kind}: one kind of record, or several between commas. */
final class Kinds {

  private static final String POINTER = "/metadata/data_kind";

  private Kinds() {}

  /**
   * The kinds in the file's order; whatever is no kind becomes a fault.
   *
   * @param own a kind that is known besides those of everybody
   */
  static List<RecordKind> read(String list, Optional<RecordKind> own, Findings findings) {
    List<RecordKind> kinds = new ArrayList<>();
    String[] names = list.split(",", -1);
    for (int i = 0; i < names.length; i++) {
      Optional<RecordKind> kind = named(names[i], own);
      String which = names.length == 1 ? "it" : "number " + (i + 1);
      if (kind.isEmpty()) {
        findings.fault(POINTER, "must name kinds of record, but " + which + hint(names[i], own));
      } else if (kinds.contains(kind.get())) {
        findings.fault(POINTER, "must name each kind once, but " + which + " is there already");
      } else {
        kinds.add(kind.get());
      }
    }
    return kinds;
  }

  /** A kind by its id or display name, singular or plural. */
  private static Optional<RecordKind> named(String name, Optional<RecordKind> own) {
    String id = RecordKinds.idOf(name);
    return own.filter(kind -> kind.id().equals(id))
        .or(() -> RecordKinds.named(id))
        .or(() ->
            id.endsWith("s")
                ? RecordKinds.named(id.substring(0, id.length() - 1))
                : Optional.empty());
  }

  private static String hint(String name, Optional<RecordKind> own) {
    if (name.isBlank()) {
      return " is empty";
    }
    List<String> known =
        Stream.concat(own.stream(), RecordKinds.all().stream())
            .map(RecordKind::displayName)
            .toList();
    return Spelling.nearest(RecordKinds.idOf(name), known)
        .map(nearest -> " is none; did you mean \"" + nearest + "\"?")
        .orElseGet(() -> " is none of " + known.stream().collect(Collectors.joining(", ")));
  }
}
