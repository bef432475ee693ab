package ai.birdie.databricks;

import ai.birdie.core.error.ConfigException;

/**
 * A value that is never shown. Two secrets are never equal, so that neither a hash nor a comparison
 * tells anything of what they hold.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a value.
   *
   * @throws ConfigException if it is blank, or holds what cannot be sent in a header
   */
  public static Secret of(String value) {
    if (value.isBlank() || value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new ConfigException(
          "A secret is blank, or has control characters in it.",
          "Give it as the workspace showed it, without a line break.");
    }
    return new Secret(value);
  }

  /** The value itself, for the one request that needs it. */
  String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
