package ai.birdie.workspace.access;

import static ai.birdie.workspace.access.Securable.Kind.CATALOG;
import static ai.birdie.workspace.access.Securable.Kind.FUNCTION;
import static ai.birdie.workspace.access.Securable.Kind.METASTORE;
import static ai.birdie.workspace.access.Securable.Kind.SCHEMA;
import static ai.birdie.workspace.access.Securable.Kind.TABLE;
import static ai.birdie.workspace.access.Securable.Kind.VIEW;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The privileges that the workspace knows: Unity Catalog's, and those of the older Hive metastore.
 */
public enum Privilege {
  USE_CATALOG(CATALOG),
  USE_SCHEMA(CATALOG, SCHEMA),
  /** Of functions, in Hive alone. */
  SELECT(CATALOG, SCHEMA, TABLE, VIEW, FUNCTION),
  MODIFY(CATALOG, SCHEMA, TABLE),
  CREATE_CATALOG(METASTORE),
  CREATE_SCHEMA(CATALOG),
  CREATE_TABLE(CATALOG, SCHEMA),
  CREATE_FUNCTION(CATALOG, SCHEMA),
  EXECUTE(CATALOG, SCHEMA, FUNCTION),
  BROWSE(CATALOG),
  APPLY_TAG(CATALOG, SCHEMA, TABLE, VIEW),
  MANAGE(CATALOG, SCHEMA, TABLE, VIEW, FUNCTION),
  /** Stands for all others that apply, but for MANAGE. */
  ALL_PRIVILEGES(CATALOG, SCHEMA, TABLE, VIEW, FUNCTION),
  /** Hive's right to use a schema. */
  USAGE(CATALOG, SCHEMA),
  /** Hive's right to create in a schema. */
  CREATE(CATALOG, SCHEMA),
  /** Hive's right to create a function in a schema. */
  CREATE_NAMED_FUNCTION(CATALOG, SCHEMA),
  /** Hive's right to see an object and its metadata. */
  READ_METADATA(CATALOG, SCHEMA, TABLE, VIEW);

  private static final Set<Privilege> ONLY_IN_HIVE =
      Set.of(USAGE, CREATE, CREATE_NAMED_FUNCTION, READ_METADATA);
  private static final Set<Privilege> ALSO_IN_HIVE = Set.of(SELECT, MODIFY, ALL_PRIVILEGES);

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<Securable.Kind> grantedOn;

  Privilege(Securable.Kind... grantedOn) {
    this.grantedOn = Set.of(grantedOn);
  }

  /** As GRANT and error messages spell it. */
  public String sql() {
    return ONLY_IN_HIVE.contains(this) ? name() : name().replace('_', ' ');
  }

  /** Whether it can be granted on such a securable, for that or for what is below. */
  public boolean appliesTo(Securable securable) {
    boolean known =
        securable.isLegacy()
            ? ONLY_IN_HIVE.contains(this) || ALSO_IN_HIVE.contains(this)
            : !ONLY_IN_HIVE.contains(this) && (this != SELECT || securable.kind() != FUNCTION);
    return known && grantedOn.contains(securable.kind());
  }

  /** What this stands for on such a securable: itself, or all that it sums up. */
  public List<Privilege> expandedOn(Securable securable) {
    if (this != ALL_PRIVILEGES) {
      return List.of(this);
    }
    return Arrays.stream(values())
        .filter(each -> each != ALL_PRIVILEGES && each != MANAGE && each.appliesTo(securable))
        .toList();
  }

  /** The privilege of that name on that securable; empty where there is none. */
  public static Optional<Privilege> named(String name, Securable on) {
    String word = name.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s_]+", "_");
    return Arrays.stream(values())
        .filter(each -> each.name().equals(inUnityCatalog(word, on)))
        .filter(each -> each.appliesTo(on))
        .findFirst();
  }

  /** Older names, which Unity Catalog takes for its own. */
  private static String inUnityCatalog(String word, Securable on) {
    if (on.isLegacy()) {
      return word;
    }
    return switch (word) {
      case "USAGE" -> on.kind() == CATALOG ? "USE_CATALOG" : "USE_SCHEMA";
      case "CREATE" -> on.kind() == CATALOG ? "CREATE_SCHEMA" : "CREATE_TABLE";
      default -> word;
    };
  }
}
