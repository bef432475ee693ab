package ai.birdie.app.cli;

import ai.birdie.core.contract.Violation;
import ai.birdie.core.error.ConfigException;
import ai.birdie.duckdb.BrokenRow;
import ai.birdie.duckdb.FeedStatus;
import ai.birdie.duckdb.HeldWindow;
import ai.birdie.duckdb.StoreReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code birdie quarantine [FEED]}. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description =
        "Shows the rows that break their kind's rules, by rule, and windows that are held.",
    footer = {
      "",
      "A row in quarantine is kept whole, and is in no view of its kind. Mend it at the source, or say in the",
      "file's mapping what its columns mean; then judge all rows again: birdie quarantine replay FILE.",
      "  birdie quarantine reviews --rows 5",
      "  birdie quarantine reviews --export broken.jsonl"
    })
final class QuarantineCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Parameters(
      arity = "0..1",
      paramLabel = "FEED",
      description = "A feed's name, as birdie status shows it; else all feeds are counted.")
  private @Nullable String feed;

  @Option(
      names = "--rows",
      paramLabel = "COUNT",
      description = "Show so many of the rows, whole. They hold what people wrote.")
  private int rows;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Write every row, with what it breaks, into a file of one JSON object a line.")
  private @Nullable Path export;

  /** What {@code --json} prints of one feed. */
  record Shown(
      String feed, long quarantined, List<Rule> rules, List<HeldWindow> held, List<Object> rows) {}

  /** How many rows break a rule in one way. */
  record Rule(String field, String rule, String found, long rows) {

    static Rule of(HeldWindow.Broken broken) {
      Violation violation = Violation.parse(broken.violation());
      return new Rule(violation.field(), violation.rule(), violation.found(), broken.rows());
    }
  }

  QuarantineCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String name = feed;
    if (name != null) {
      print(session.read(common, reader -> one(reader, name)));
    } else if (export == null && (rows == 0 || common.json)) {
      printAll(session.read(common, this::all));
    } else {
      throw new ConfigException(
          "No feed is named whose rows are to be shown.",
          "Name one, as birdie status shows it: birdie quarantine FEED --export FILE");
    }
    return ExitCode.DONE.code();
  }

  private List<Shown> all(StoreReader reader) {
    Set<String> feeds = new TreeSet<>();
    List<FeedStatus> standing = reader.feeds(); // which counts every row
    standing.forEach(status -> feeds.add(status.feed()));
    reader.held().forEach(held -> feeds.add(held.feed())); // of which nothing may have landed yet
    return feeds.stream().map(name -> shown(reader, standing, name)).toList();
  }

  private void printAll(List<Shown> shown) {
    if (common.json) {
      session.output().json(shown);
      return;
    }
    session
        .output()
        .table(
            List.of("feed", "quarantined", "held windows", "most break"),
            shown.stream()
                .map(of ->
                    List.of(
                        of.feed(),
                        Output.count(of.quarantined()),
                        Output.count(of.held().size()),
                        of.rules().stream()
                            .findFirst()
                            .map(r -> r.field() + " " + r.rule())
                            .orElse("")))
                .toList());
  }

  private Shown one(StoreReader reader, String name) {
    if (export != null) {
      long written = write(reader, name, export);
      session.note("birdie: " + Output.count(written) + " rows are in " + export + ".");
    }
    return shown(reader, reader.feeds(), name);
  }

  private void print(Shown shown) {
    if (common.json) {
      session.output().json(shown);
      return;
    }
    Output output = session.output();
    output.line(
        "%s rows of %s are in quarantine."
            .formatted(Output.count(shown.quarantined()), shown.feed()));
    table(output, shown.rules());
    for (HeldWindow held : shown.held()) {
      output.line("");
      output.line(
          "Window %d is held%s: %s of its %s rows break the contract (%s)."
              .formatted(
                  held.id(),
                  held.accepted() ? ", and accepted by the next run" : "",
                  Output.count(held.broken()),
                  Output.count(held.rows()),
                  Output.toSeconds(held.bounds())));
      table(output, held.rules().stream().map(Rule::of).toList());
      output.line("To take them into quarantine: birdie ingest --accept " + held.id() + " FILE");
    }
    shown.rows().forEach(row -> output.line(String.valueOf(row)));
  }

  private static void table(Output output, List<Rule> rules) {
    if (!rules.isEmpty()) {
      output.table(
          List.of("field", "rule", "found", "rows"),
          rules.stream()
              .map(rule ->
                  List.of(rule.field(), rule.rule(), rule.found(), Output.count(rule.rows())))
              .toList());
    }
  }

  private Shown shown(StoreReader reader, List<FeedStatus> standing, String name) {
    long quarantined =
        standing.stream()
            .filter(status -> status.feed().equals(name))
            .mapToLong(FeedStatus::quarantined)
            .sum();
    List<Object> some =
        rows > 0
            ? reader.broken(name, rows).stream().map(QuarantineCommand::document).toList()
            : List.of();
    return new Shown(
        name,
        quarantined,
        reader.quarantined(name).stream().map(Rule::of).toList(),
        reader.held(name),
        some);
  }

  private static long write(StoreReader reader, String name, Path file) {
    LongAdder written = new LongAdder();
    try {
      ExportFile.write(
          file,
          out ->
              reader.eachBroken(
                  name,
                  row -> {
                    out.println(document(row));
                    written.increment();
                  }));
      return written.sum();
    } catch (IOException e) {
      throw new ConfigException(
          "The rows cannot be written to " + file + ".",
          "Name a file in a folder that is there, can be written to, and has room, by --export FILE.",
          e);
    }
  }

  private static Object document(BrokenRow row) {
    ObjectNode document = JsonMapper.shared().createObjectNode();
    row.window().ifPresent(window -> document.put("window", window));
    row.held().ifPresent(held -> document.put("held_window", held));
    row.statementId().ifPresent(id -> document.put("statement_id", id));
    document.set(
        "violations",
        JsonMapper.shared().valueToTree(row.violations().stream().map(Violation::parse).toList()));
    document.set("record", JsonMapper.shared().readTree(row.record()));
    return document;
  }
}
