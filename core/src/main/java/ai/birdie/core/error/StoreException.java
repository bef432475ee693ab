package ai.birdie.core.error;

/** The store is locked, damaged, or cannot be written. */
public final class StoreException extends BirdieException {

  public StoreException(String message, String remedy) {
    super(message, remedy, null);
  }

  public StoreException(String message, String remedy, Throwable cause) {
    super(message, remedy, cause);
  }
}
