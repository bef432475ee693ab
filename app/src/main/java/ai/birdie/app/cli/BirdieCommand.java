package ai.birdie.app.cli;

import ai.birdie.databricks.Surroundings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;

/** The command line as a whole. */
@Command(
    name = "birdie",
    versionProvider = BirdieCommand.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Keeps a store of customer feedback up to date from Databricks, and proves it.",
    description = {
      "",
      "Try it without an account:      birdie demo",
      "Connect your own workspace:     birdie validate tickets.json",
      "Bring its rows into the store:  birdie ingest tickets.json",
      "See what is there:              birdie status",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 a bug; 2 usage or configuration; 3 access refused; 4 source"
          + " unavailable, try again; 5 contract limit exceeded; 6 a receipt does not balance; 7"
          + " the store is locked or damaged; 69 no suitable JDK; 130 or 143 stopped."
    })
public final class BirdieCommand {

  private BirdieCommand() {}

  /**
   * Runs the command that {@code arguments} name.
   *
   * @return the exit code
   */
  public static int run(String[] arguments, Map<String, String> environment, Clock clock) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return run(arguments, environment, clock, Surroundings.ofThisMachine(), out, err);
  }

  /** As {@link #run(String[], Map, Clock)}, in other surroundings, and printing elsewhere. */
  public static int run(
      String[] arguments,
      Map<String, String> environment,
      Clock clock,
      Surroundings surroundings,
      PrintWriter out,
      PrintWriter err) {
    Session session = new Session(environment, clock, surroundings, out, err);
    CommandLine line =
        new CommandLine(new BirdieCommand())
            .addSubcommand(new DemoCommand(session))
            .addSubcommand(new WorkspaceCommand(session))
            .addSubcommand(new SchemaCommand(session))
            .addSubcommand(new GrantsCommand(session))
            .addSubcommand(new MapCommand(session))
            .addSubcommand(new ValidateCommand(session))
            .addSubcommand(new IngestCommand(session))
            .addSubcommand(new StatusCommand(session))
            .addSubcommand(new ReceiptsCommand(session))
            .addSubcommand(new ReconcileCommand(session))
            .addSubcommand(
                new CommandLine(new QuarantineCommand(session))
                    .addSubcommand(new ReplayCommand(session)))
            .addSubcommand(new QueryCommand(session))
            .addSubcommand(new VerifyCommand(session))
            .addSubcommand(new CompactCommand(session))
            .addSubcommand(new EraseCommand(session))
            .addSubcommand(new BackupCommand(session))
            .addSubcommand(new RestoreCommand(session))
            .addSubcommand(new RehearseCommand(session))
            .addSubcommand(new HelpCommand())
            .addSubcommand(new GenerateCompletion());
    line.setOut(out).setErr(err).setColorScheme(Help.defaultColorScheme(Help.Ansi.AUTO));
    line.setUsageHelpAutoWidth(true);
    List<String> given = Arrays.asList(arguments);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> session.failed(failure, given.contains("--json")).code());
    if (arguments.length == 0) {
      line.usage(err);
      return ExitCode.USAGE.code();
    }
    return line.execute(arguments);
  }

  /** The version as the jar's manifest has it. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = BirdieCommand.class.getPackage().getImplementationVersion();
      return new String[] {"birdie " + (version == null ? "(not packaged)" : version)};
    }
  }
}
