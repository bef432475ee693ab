package ai.birdie.core.error;

/**
 * What was asked for is wrong: the command, the connection file, or a name in it. Mend it and run
 * again.
 */
public final class ConfigException extends BirdieException {

  public ConfigException(String message, String remedy) {
    super(message, remedy, null);
  }

  public ConfigException(String message, String remedy, Throwable cause) {
    super(message, remedy, cause);
  }
}
