package ai.birdie.core.error;

/** A result was not whole, or a receipt does not balance. Nothing of the window was landed. */
public final class IncompleteException extends BirdieException {

  public IncompleteException(String message, String remedy) {
    super(message, remedy, null);
  }

  public IncompleteException(String message, String remedy, Throwable cause) {
    super(message, remedy, cause);
  }
}
