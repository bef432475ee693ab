package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.app.config.Fault;
import ai.birdie.app.config.Reading;
import ai.birdie.app.validate.Check;
import ai.birdie.app.validate.Check.Verdict;
import ai.birdie.app.validate.Validation;
import ai.birdie.core.ingest.Source;
import ai.birdie.databricks.DatabricksWorkspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code birdie validate FILE...}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks each connection step by step, and says what to do about what fails.",
    footer = {
      "",
      "Nothing is changed, in the workspace or in the store.",
      "  birdie validate tickets.json"
    })
final class ValidateCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Mixin private final LocalOption local = new LocalOption();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Connection files.")
  private List<Path> files = List.of();

  /** A file's checks as {@code --json} shows them: its faults, or the checks that were done. */
  record Document(String file, boolean usable, List<Fault> faults, List<Step> checks) {}

  /** One check of it. */
  record Step(String check, String verdict, String detail, Optional<String> remedy) {

    static Step of(Check check) {
      return new Step(check.name(), word(check.verdict()), check.detail(), check.remedy());
    }
  }

  /** What came of one file. */
  private record Result(Document document, ExitCode code) {}

  ValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Result> results = files.stream().map(this::validate).toList();
    if (common.json) {
      session.output().json(results.stream().map(Result::document).toList());
    }
    return results.stream()
        .map(Result::code)
        .filter(code -> code != ExitCode.DONE)
        .findFirst()
        .orElse(ExitCode.DONE)
        .code();
  }

  private Result validate(Path file) {
    return switch (session.connectionFiles(local.hosts()).reading(file)) {
      case Reading.Faulty(List<Fault> faults) -> faulty(file, faults);
      case Reading.Valid(Connection connection) -> checked(connection);
    };
  }

  private Result faulty(Path file, List<Fault> faults) {
    if (!common.json) {
      faults.forEach(fault -> session.output().line(fault.toString()));
      session
          .output()
          .line("Mend the file; docs/reference/connection-file.md describes every key.");
    }
    return new Result(new Document(file.toString(), false, faults, List.of()), ExitCode.USAGE);
  }

  private Result checked(Connection connection) {
    if (!common.json) {
      session.output().line(connection.file().toString());
    }
    List<Check> checks = new ArrayList<>();
    try (App app = session.app(common);
        DatabricksWorkspace workspace = app.workspace(connection, session.progress());
        Source source = app.source(workspace)) {
      checks.addAll(new Validation(connection, workspace, source, this::show).run());
    }
    ExitCode code =
        checks.stream()
            .flatMap(check -> check.failure().stream())
            .map(ExitCode::of)
            .findFirst()
            .orElse(ExitCode.DONE);
    return new Result(
        new Document(
            connection.file().toString(),
            code == ExitCode.DONE,
            List.of(),
            checks.stream().map(Step::of).toList()),
        code);
  }

  private void show(Check check) {
    if (common.json) {
      return;
    }
    lines(check).forEach(session.output()::line);
  }

  /** A check, and what to do about it. */
  static List<String> lines(Check check) {
    String head = "  %-7s  ".formatted(word(check.verdict()));
    String indent = " ".repeat(head.length());
    List<String> lines =
        new ArrayList<>(Output.wrapped(head, indent, check.name() + ": " + check.detail()));
    String label = indent + "Try: ";
    for (String step : check.remedy().stream().flatMap(String::lines).toList()) {
      lines.addAll(Output.wrapped(label, " ".repeat(label.length()), step));
      label = " ".repeat(label.length());
    }
    return lines;
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
