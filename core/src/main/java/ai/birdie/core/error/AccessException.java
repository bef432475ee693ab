package ai.birdie.core.error;

/**
 * The workspace refuses: a credential is wrong, or a right is missing. Ask the administrator for
 * it.
 */
public final class AccessException extends BirdieException {

  public AccessException(String message, String remedy) {
    super(message, remedy, null);
  }

  public AccessException(String message, String remedy, Throwable cause) {
    super(message, remedy, cause);
  }
}
