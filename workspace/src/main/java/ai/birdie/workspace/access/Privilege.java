package ai.birdie.workspace.access;

import java.util.Locale;
import java.util.Optional;

/** The privileges that the workspace knows; {@code USAGE} is the older name of both USE rights. */
public enum Privilege {
  USE_CATALOG,
  USE_SCHEMA,
  SELECT;

  /** As GRANT and error messages spell it. */
  public String sql() {
    return name().replace('_', ' ');
  }

  /** The privilege of that name on that sort of securable; empty where there is none. */
  public static Optional<Privilege> named(String name, Securable.Kind kind) {
    String word = name.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    return switch (word) {
      case "USAGE" ->
          switch (kind) {
            case CATALOG -> Optional.of(USE_CATALOG);
            case SCHEMA -> Optional.of(USE_SCHEMA);
            case TABLE, VIEW -> Optional.empty();
          };
      case "USE CATALOG" -> Optional.of(USE_CATALOG);
      case "USE SCHEMA" -> Optional.of(USE_SCHEMA);
      case "SELECT" -> Optional.of(SELECT);
      default -> Optional.empty();
    };
  }
}
