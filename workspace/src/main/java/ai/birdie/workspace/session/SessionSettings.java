package ai.birdie.workspace.session;

import java.util.Map;
import java.util.Optional;

/**
 * In what setting a session begins.
 *
 * @param catalog the catalog of names that do not say theirs
 * @param schema the schema of names that do not say theirs
 * @param parameters what is set, by names of {@link SqlParameter} in any case
 */
public record SessionSettings(
    Optional<String> catalog, Optional<String> schema, Map<String, String> parameters) {
  public SessionSettings {
    parameters = Map.copyOf(parameters);
  }
}
