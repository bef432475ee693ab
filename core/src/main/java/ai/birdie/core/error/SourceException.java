package ai.birdie.core.error;

import org.jspecify.annotations.Nullable;

/** The source did not answer, or not in a way that can be used. */
public final class SourceException extends BirdieException {

  private final boolean retryable;

  private SourceException(
      String message, String remedy, @Nullable Throwable cause, boolean retryable) {
    super(message, remedy, cause);
    this.retryable = retryable;
  }

  /** A failure that may pass by itself: an outage, a limit, a lost connection. */
  public static SourceException passing(String message, String remedy, @Nullable Throwable cause) {
    return new SourceException(message, remedy, cause, true);
  }

  /** A failure that comes back until something is changed. */
  public static SourceException lasting(String message, String remedy, @Nullable Throwable cause) {
    return new SourceException(message, remedy, cause, false);
  }

  /** Whether the same request may succeed later without anything being changed. */
  public boolean retryable() {
    return retryable;
  }
}
