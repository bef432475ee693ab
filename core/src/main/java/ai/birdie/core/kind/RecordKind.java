package ai.birdie.core.kind;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a row is: review, nps, account, and so on.
 *
 * @param id the name in lower case, which is also the name of the kind's view in the store
 * @param displayName the name that people use, as in the connection file
 * @param fields what a row may have by the kind's definition; empty for {@code reference}
 * @param key the fields that identify a record; empty where each feed must name its own
 */
public record RecordKind(String id, String displayName, List<Field> fields, List<String> key) {

  public RecordKind {
    if (!id.matches("[a-z][a-z_]*")) {
      throw new IllegalArgumentException("Not the id of a kind: " + id);
    }
    requireNonNull(displayName);
    fields = List.copyOf(fields);
    key = List.copyOf(key);
    List<String> names = fields.stream().map(Field::name).toList();
    if (!names.containsAll(key)) {
      throw new IllegalArgumentException("The key of " + id + " has a column that is no field");
    }
  }

  /** Whether the kind says nothing of its columns: every table of it is presented as it is. */
  public boolean asItIs() {
    return fields.isEmpty();
  }
}
