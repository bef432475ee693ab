package ai.birdie.core.feed;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which columns of a table hold a kind's fields, where they are not called as the fields are.
 *
 * @param origins by the field's name
 * @param unused fields that no column holds, though one may be called so
 */
public record Mapping(SortedMap<String, Origin> origins, Set<String> unused) {

  /** Every column is called as its field. */
  public static final Mapping BY_NAME = new Mapping(new TreeMap<>(), Set.of());

  public Mapping {
    origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    unused = Set.copyOf(unused);
    if (origins.keySet().stream().anyMatch(unused::contains)) {
      throw new IllegalArgumentException("A field has a column, or it has none");
    }
  }

  /** A mapping of these fields; all others are found by name. */
  public static Mapping of(Map<String, Origin> origins) {
    return new Mapping(new TreeMap<>(origins), Set.of());
  }

  /** Where the field comes from; empty where no column may hold it. */
  public Optional<Origin> of(String field) {
    requireNonNull(field);
    return unused.contains(field)
        ? Optional.empty()
        : Optional.of(origins.getOrDefault(field, Origin.of(field)));
  }

  /** Whether the field's column was named. */
  public boolean names(String field) {
    return origins.containsKey(field);
  }

  /** The columns of some fields, each once, in order. */
  public List<String> columns(Collection<String> fields) {
    Set<String> columns = new LinkedHashSet<>();
    fields.forEach(field -> of(field).map(Origin::column).ifPresent(columns::add));
    return List.copyOf(columns);
  }
}
