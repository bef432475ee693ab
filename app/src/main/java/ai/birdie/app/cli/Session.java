package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.app.config.ConnectionFiles;
import ai.birdie.app.config.HostRule;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.databricks.Surroundings;
import ai.birdie.databricks.network.AllowedHosts;
import ai.birdie.duckdb.StoreReader;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the commands of one process share: where they print, and what they know of the world. */
final class Session {

  private final Map<String, String> environment;
  private final Clock clock;
  private final Surroundings surroundings;
  private final Output output;
  private final PrintWriter err;

  /** A failure as {@code --json} shows it. */
  record Failure(String error, String message, Optional<String> remedy) {

    static Failure of(BirdieException e) {
      String kind = e.getClass().getSimpleName().replace("Exception", "").toLowerCase(Locale.ROOT);
      return new Failure(kind, String.valueOf(e.getMessage()), e.remedy());
    }
  }

  Session(
      Map<String, String> environment,
      Clock clock,
      Surroundings surroundings,
      PrintWriter out,
      PrintWriter err) {
    this.environment = environment;
    this.clock = clock;
    this.surroundings = surroundings;
    this.output = new Output(out);
    this.err = err;
  }

  Output output() {
    return output;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** The folder that the launcher lies in, where the local workspace is built. */
  Path root() {
    return Path.of(System.getProperty("birdie.root", "."));
  }

  Clock clock() {
    return clock;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Where notes for people go. */
  PrintWriter err() {
    return err;
  }

  /** Something for people that is not the command's answer. */
  void note(String text) {
    err.println(text);
  }

  /** Asks whoever sits at the terminal; no, where nobody does. */
  @SuppressWarnings("SystemConsoleNull") // it can be, and NullAway knows
  boolean ask(String question) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return false;
    }
    err.print(question + " [y/N] ");
    err.flush();
    String answer = console.readLine();
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  /** Tells people how a run goes. */
  RunListener progress() {
    return new Progress(err, clock, Progress.Screen.ofThisProcess());
  }

  App app(Common common) {
    return new App(common.home(environment), clock, surroundings);
  }

  /**
   * What a question finds in the store, which is let go before any of it is printed: somebody may
   * read that page by page.
   */
  <T> T read(Common common, Function<StoreReader, T> question) {
    try (App app = app(common);
        StoreReader reader = app.reader()) {
      return question.apply(reader);
    }
  }

  ConnectionFiles connectionFiles(HostRule hosts) {
    String allowed = environment.getOrDefault(AllowedHosts.VARIABLE, "");
    return new ConnectionFiles(environment, hosts.and(AllowedHosts.of(allowed)));
  }

  Connection connection(Path file, HostRule hosts) {
    return connectionFiles(hosts).read(file);
  }

  /** Says what failed, why, and what to do; the exit code that goes with it. */
  ExitCode failed(Throwable failure, boolean json) {
    if (failure instanceof BirdieException e) {
      explain(e);
      if (json) {
        output.json(Failure.of(e));
      }
      return ExitCode.of(e);
    }
    note("birdie: this is a bug, please report it: " + failure.getClass().getName());
    for (StackTraceElement frame : failure.getStackTrace()) {
      note("  at " + frame); // without messages, which could hold anything
    }
    return ExitCode.BUG;
  }

  /** Prints a failure and its remedy for people. */
  void explain(BirdieException e) {
    note("birdie: " + e.getMessage());
    e.remedy().ifPresent(remedy -> note("Try: " + remedy));
  }
}
