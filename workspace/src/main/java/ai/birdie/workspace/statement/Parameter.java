package ai.birdie.workspace.statement;

import java.util.Optional;

/**
 * A named parameter of a statement.
 *
 * @param name without the colon
 * @param value as text; absent means NULL
 * @param type a SQL type, such as {@code TIMESTAMP}
 */
public record Parameter(String name, Optional<String> value, String type) {
  public Parameter {
    if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
      throw new IllegalArgumentException("a parameter's name must be an identifier, not: " + name);
    }
  }
}
