package ai.birdie.core.error;

/** Too many rows break the record contract for the window to be landed. */
public final class ContractException extends BirdieException {

  public ContractException(String message, String remedy) {
    super(message, remedy, null);
  }

  public ContractException(String message, String remedy, Throwable cause) {
    super(message, remedy, cause);
  }
}
