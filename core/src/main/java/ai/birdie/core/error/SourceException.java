package ai.birdie.core.error;

import org.jspecify.annotations.Nullable;

/** The source did not answer, or not in a way that can be used. */
public final class SourceException extends BirdieException {

  private final boolean retryable;
  private final Recovery recovery;

  private SourceException(
      String message,
      String remedy,
      @Nullable Throwable cause,
      boolean retryable,
      Recovery recovery) {
    super(message, remedy, cause);
    this.retryable = retryable;
    this.recovery = recovery;
  }

  /** A failure that may pass by itself: an outage, a limit, a lost connection. */
  public static SourceException passing(String message, String remedy, @Nullable Throwable cause) {
    return new SourceException(message, remedy, cause, true, Recovery.NONE);
  }

  /** A failure that comes back until something is changed. */
  public static SourceException lasting(String message, String remedy, @Nullable Throwable cause) {
    return new SourceException(message, remedy, cause, false, Recovery.NONE);
  }

  /** A result that is there no longer: the window can be read anew. */
  public static SourceException lost(String message, String remedy) {
    return new SourceException(message, remedy, null, true, Recovery.ANEW);
  }

  /** A result that is larger than the source gives out: the window can be read in parts. */
  public static SourceException tooLarge(String message, String remedy) {
    return new SourceException(message, remedy, null, false, Recovery.IN_PARTS);
  }

  @Override
  public Recovery recovery() {
    return recovery;
  }

  /** Whether the same request may succeed later without anything being changed. */
  public boolean retryable() {
    return retryable;
  }
}
