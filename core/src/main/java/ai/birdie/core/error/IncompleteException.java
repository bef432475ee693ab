package ai.birdie.core.error;

/** A result was not whole, or a receipt does not balance. Nothing of the window was landed. */
public final class IncompleteException extends BirdieException {

  private final Recovery recovery;

  public IncompleteException(String message, String remedy) {
    super(message, remedy, null);
    this.recovery = Recovery.NONE;
  }

  public IncompleteException(String message, String remedy, Throwable cause) {
    super(message, remedy, cause);
    this.recovery = Recovery.NONE;
  }

  private IncompleteException(String message, String remedy, Recovery recovery) {
    super(message, remedy, null);
    this.recovery = recovery;
  }

  /** A result that the source itself has cut short: the window can be read in parts. */
  public static IncompleteException cutShort(String message, String remedy) {
    return new IncompleteException(message, remedy, Recovery.IN_PARTS);
  }

  /** Rows that are not those which the source says it holds: it may have changed meanwhile. */
  public static IncompleteException moved(String message, String remedy) {
    return new IncompleteException(message, remedy, Recovery.ANEW);
  }

  @Override
  public Recovery recovery() {
    return recovery;
  }
}
