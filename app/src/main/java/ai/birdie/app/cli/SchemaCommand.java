package ai.birdie.app.cli;

import ai.birdie.app.config.KindFiles;
import ai.birdie.app.schema.KindDocument;
import ai.birdie.app.schema.KindWords;
import ai.birdie.app.schema.RowSchema;
import ai.birdie.app.schema.TableSql;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code birdie schema [KIND]}. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Shows what a table of a kind has: its columns, their meaning, and its rules.",
    footer = {
      "",
      "  birdie schema                        all kinds",
      "  birdie schema review                 the fields of a review",
      "  birdie schema nps --sql              the SQL that makes a table of answers",
      "  birdie schema support_ticket --view  the SQL of a view over a table of another form",
      "  birdie schema csat --json-schema     what checks a record before it is written",
      "  birdie schema issue --definition > my.kind.json   where a kind of your own begins"
    })
final class SchemaCommand implements Callable<Integer> {

  private static final String FILE = ".json";

  private final Session session;

  @Mixin private final Common common = new Common();

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description =
          "A kind by its id or name, such as support_ticket, or a .json file that defines one; else all are listed.")
  private @Nullable String kind;

  @ArgGroup private Form form = new Form();

  /** In which form the kind is shown; at most one. */
  static final class Form {

    @Option(names = "--sql", description = "The SQL with which an administrator makes a table.")
    boolean sql;

    @Option(names = "--view", description = "The SQL of a view, with places for your columns.")
    boolean view;

    @Option(names = "--json-schema", description = "The JSON Schema of a record.")
    boolean jsonSchema;

    @Option(names = "--definition", description = "The kind as a file defines one.")
    boolean definition;
  }

  /** A kind, in a list of them. */
  record Listed(String id, String displayName, String family, String meaning, List<String> key) {

    static Listed of(RecordKind kind) {
      return new Listed(
          kind.id(), kind.displayName(), KindWords.of(kind.family()), kind.meaning(), kind.key());
    }
  }

  /** Statements, as {@code --json} prints them. */
  record Script(List<String> statements) {}

  SchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (kind == null) {
      list();
    } else {
      show(kind.endsWith(FILE) ? KindFiles.read(Path.of(kind)) : named(kind));
    }
    return ExitCode.DONE.code();
  }

  private static RecordKind named(String name) {
    return RecordKinds.named(name)
        .orElseThrow(() ->
            new ConfigException(
                "There is no kind of that name; there are "
                    + RecordKinds.all().stream()
                        .map(RecordKind::id)
                        .collect(Collectors.joining(", "))
                    + ".",
                "Name one of these, as in: birdie schema review"));
  }

  private void list() {
    List<Listed> kinds = RecordKinds.all().stream().map(Listed::of).toList();
    if (common.json) {
      session.output().json(kinds);
      return;
    }
    session
        .output()
        .table(
            List.of("kind", "family", "key", "a row is"),
            kinds.stream()
                .map(of -> List.of(of.id(), of.family(), String.join(", ", of.key()), of.meaning()))
                .toList());
  }

  private void show(RecordKind of) {
    if (form.sql) {
      script(TableSql.table(of));
    } else if (form.view) {
      script(List.of(TableSql.view(of)));
    } else if (form.jsonSchema) {
      session.output().json(RowSchema.of(of));
    } else if (form.definition) {
      session.output().json(KindDocument.of(of));
    } else if (common.json) {
      ObjectNode document = KindDocument.of(of);
      session.output().json(document.put("cursor_advice", of.family().cursorAdvice()));
    } else {
      describe(of);
    }
  }

  private void script(List<String> statements) {
    if (common.json) {
      session.output().json(new Script(statements));
    } else {
      session.output().line(String.join(";\n\n", statements) + ";");
    }
  }

  private void describe(RecordKind of) {
    Output output = session.output();
    output.line(of.displayName() + " (" + of.id() + "): " + of.meaning() + ".");
    output.line("");
    if (!of.asItIs()) {
      output.table(
          List.of("field", "type", "need", "values", "basis", "meaning"),
          of.fields().stream().map(SchemaCommand::row).toList());
      output.line("");
    }
    output.line(
        "Key: "
            + (of.key().isEmpty()
                ? "the columns that the file names in ingestion.key"
                : String.join(", ", of.key()))
            + ".");
    if (!of.anyOf().isEmpty()) {
      output.line("A row has at least one of: " + String.join(", ", of.anyOf()) + ".");
    }
    Output.wrapped("Partition column: ", "  ", of.family().cursorAdvice() + ".")
        .forEach(output::line);
    output.line("Every other column is kept, in additional_fields.");
  }

  private static List<String> row(Field field) {
    String whose = field.level() == Field.Level.CONVERSATION ? ", of the conversation" : "";
    return List.of(
        field.name(),
        KindWords.of(field.type()),
        KindWords.of(field.need()),
        KindWords.of(field.domain()),
        KindWords.of(field.basis()),
        field.meaning() + whose);
  }
}
