package ai.birdie.core.kind;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a row is: review, nps, account, and so on.
 *
 * @param id the name in lower case, which is also the name of the kind's view in the store
 * @param displayName the name that people use, as in the connection file
 * @param family what it has in common with other kinds
 * @param meaning one line that says what a row is
 * @param fields what a row may have by the kind's definition; empty for {@code reference}
 * @param key the fields that identify a record; empty where each feed must name its own
 * @param anyOf fields of which a row has at least one; empty where nothing of the sort is asked
 */
public record RecordKind(
    String id,
    String displayName,
    Family family,
    String meaning,
    List<Field> fields,
    List<String> key,
    List<String> anyOf) {

  public RecordKind {
    if (!id.matches("[a-z][a-z_]{0,62}")) {
      throw new IllegalArgumentException("Not the id of a kind: " + id);
    }
    requireNonNull(displayName);
    requireNonNull(family);
    requireNonNull(meaning);
    fields = List.copyOf(fields);
    key = List.copyOf(key);
    anyOf = List.copyOf(anyOf);
    List<String> names = fields.stream().map(Field::name).toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("The kind " + id + " has two fields of one name");
    }
    if (!names.containsAll(key)) {
      throw new IllegalArgumentException("The key of " + id + " has a column that is no field");
    }
    if (!names.containsAll(anyOf)) {
      throw new IllegalArgumentException("The kind " + id + " asks for what is no field");
    }
  }

  /** Whether the kind says nothing of its columns: every table of it is presented as it is. */
  public boolean asItIs() {
    return fields.isEmpty();
  }

  /** The field of that name, in lower case. */
  public Optional<Field> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** The same kind with another domain of one field. */
  RecordKind within(String name, Domain domain) {
    List<Field> changed =
        fields.stream()
            .map(field -> field.name().equals(name) ? field.within(domain) : field)
            .toList();
    return new RecordKind(id, displayName, family, meaning, changed, key, anyOf);
  }
}
