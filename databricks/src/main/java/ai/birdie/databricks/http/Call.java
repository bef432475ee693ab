package ai.birdie.databricks.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One request to the workspace.
 *
 * @param path begins with a slash, and is encoded already
 * @param body the JSON to send; absent for a request without a body
 * @param repeat how often it may be sent
 * @param purpose what it is for, as an infinitive that finishes "cannot": "read main.voc.nps"
 */
public record Call(
    String method, String path, Optional<String> body, Repeat repeat, String purpose) {

  /** How often a request may be sent if it is not known what became of it. */
  public enum Repeat {
    /** It changes nothing. */
    FREELY(5),
    /** Each time may start work that nobody will fetch. */
    ONCE_MORE(2),
    /** It is a courtesy that is not worth waiting for. */
    NEVER(1);

    private final int attempts;

    Repeat(int attempts) {
      this.attempts = attempts;
    }

    int attempts() {
      return attempts;
    }
  }

  public Call {
    requireNonNull(body);
    requireNonNull(repeat);
    requireNonNull(purpose);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("A path begins with a slash");
    }
  }

  /** Nothing of the body: it may hold values of rows. */
  @Override
  public String toString() {
    return method + " " + path;
  }

  /** A request that only reads. */
  public static Call get(String path, String purpose) {
    return new Call("GET", path, Optional.empty(), Repeat.FREELY, purpose);
  }

  /** A request that asks for something to be done. */
  public static Call post(String path, String json, Repeat repeat, String purpose) {
    return new Call("POST", path, Optional.of(json), repeat, purpose);
  }

  /** A request to forget something. */
  public static Call delete(String path, String purpose) {
    return new Call("DELETE", path, Optional.empty(), Repeat.NEVER, purpose);
  }
}
