package ai.birdie.app;

import ai.birdie.app.cli.BirdieCommand;
import java.time.Clock;
import java.util.Locale;

/** Where the process starts. */
public final class Main {

  private static final int BUG = 1;

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.US); // numbers in SQL and in reports are the same on every machine
    try {
      System.exit(run(arguments));
    } catch (OutOfMemoryError e) {
      System.err.println("birdie: there was not enough memory. Try: a smaller answer or window.");
      Runtime.getRuntime().halt(BUG);
    }
  }

  private static int run(String[] arguments) {
    Stop stop = Stop.of(Thread.currentThread());
    try {
      return BirdieCommand.run(arguments, System.getenv(), Clock.systemUTC());
    } finally {
      stop.finished();
    }
  }
}
