package ai.birdie.app;

import ai.birdie.app.cli.BirdieCommand;
import java.time.Clock;
import java.util.Map;

/** Where the process starts. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    System.exit(BirdieCommand.run(arguments, environment, Clock.systemUTC()));
  }
}
