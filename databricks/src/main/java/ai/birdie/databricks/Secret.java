package ai.birdie.databricks;

import ai.birdie.core.error.ConfigException;
import java.util.function.Supplier;

/**
 * A value that is never shown. Two secrets are never equal, so that neither a hash nor a comparison
 * tells anything of what they hold.
 */
public final class Secret {

  private final Supplier<String> source;

  private Secret(Supplier<String> source) {
    this.source = source;
  }

  /**
   * Wraps a value.
   *
   * @throws ConfigException if it is blank, or holds what cannot be sent in a header
   */
  public static Secret of(String value) {
    String checked = checked(value);
    return new Secret(() -> checked);
  }

  /**
   * Wraps a value that may be replaced by another while it is in use: {@code source} gives what it
   * is whenever it is needed, and may be asked by many threads.
   *
   * @throws ConfigException as {@link #of}, and whatever {@code source} throws, now and later
   */
  public static Secret from(Supplier<String> source) {
    checked(source.get());
    return new Secret(() -> checked(source.get()));
  }

  private static String checked(String value) {
    if (value.isBlank() || value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new ConfigException(
          "A secret is blank, or has control characters in it.",
          "Give it as the workspace showed it, without a line break.");
    }
    return value;
  }

  /** The value itself as it is now, for the one request that needs it. */
  String reveal() {
    return source.get();
  }

  @Override
  public String toString() {
    return "***";
  }
}
