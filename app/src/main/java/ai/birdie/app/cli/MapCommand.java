package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.app.config.ConnectionText;
import ai.birdie.app.map.Choice;
import ai.birdie.app.map.Gap;
import ai.birdie.app.map.Preview;
import ai.birdie.app.map.Proposal;
import ai.birdie.app.map.Survey;
import ai.birdie.app.map.ViewScript;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Origin;
import ai.birdie.databricks.DatabricksWorkspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code birdie map FILE}. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = "Looks at the table, and proposes which columns hold the kind's fields.",
    footer = {
      "",
      "Reads counts of up to 20,000 rows and a few hundred rows themselves, of which it shows ten."
          + " What the",
      "file's mapping says already is kept.",
      "  birdie map reviews.json                  the proposal",
      "  birdie map --write reviews.json          writes it into the file",
      "  birdie map --view main.voc.for_birdie reviews.json   prints a view's SQL"
    })
final class MapCommand implements Callable<Integer> {

  private static final int SHOWN_ROWS = 10;
  private static final int SHOWN_LETTERS = 24;

  private final Session session;

  @Mixin private final Common common = new Common();

  @Mixin private final LocalOption local = new LocalOption();

  @Option(names = "--write", description = "Write the mapping into the connection file.")
  private boolean write;

  @Option(
      names = "--view",
      paramLabel = "NAME",
      description = "Print the SQL of a view that maps the table, for its owner to run.")
  private @Nullable String view;

  @Parameters(paramLabel = "FILE", description = "A connection file.")
  private Path file = Path.of("");

  /** What {@code --json} prints. */
  record Document(
      String table,
      boolean complete,
      List<OfFeed> feeds,
      Map<String, Object> mapping,
      Optional<List<Number>> ratingScale,
      boolean written,
      Optional<String> view) {}

  /** One feed of it. */
  record OfFeed(
      String feed,
      String kind,
      long counted,
      long rows,
      Optional<Long> sound,
      Map<String, Long> broken,
      List<OfField> fields,
      List<String> otherColumns,
      List<Gap> missing) {}

  /** One field of it. */
  record OfField(
      String field,
      Optional<String> column,
      Optional<String> unit,
      Map<String, String> words,
      double confidence,
      String reason) {

    static OfField of(Choice choice) {
      return new OfField(
          choice.field().name(),
          choice.origin().map(Origin::column),
          choice.origin().flatMap(Origin::unit).map(unit -> unit.name().toLowerCase(Locale.ROOT)),
          choice.origin().<Map<String, String>>map(Origin::words).orElse(Map.of()),
          choice.confidence(),
          choice.reason());
    }
  }

  MapCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Connection connection = session.connection(file, local.hosts());
    Survey survey = survey(connection);
    Optional<ViewScript> script = Optional.ofNullable(view).map(name -> script(survey, name));
    if (!common.json) {
      show(survey, script);
    }
    boolean written = write && survey.isComplete();
    if (written) {
      write(survey);
    }
    if (common.json) {
      session.output().json(document(survey, written, script));
    }
    return (survey.isComplete() ? ExitCode.DONE : ExitCode.USAGE).code();
  }

  private Survey survey(Connection connection) {
    try (App app = session.app(common);
        DatabricksWorkspace workspace = app.workspace(connection, session.progress())) {
      return Survey.of(connection.feeds(), workspace);
    }
  }

  private ViewScript script(Survey survey, String name) {
    if (!survey.isComplete()) {
      throw new ConfigException(
          "A view of %s would lack what the kind requires: %s."
              .formatted(survey.table(), survey.blocking()),
          "Say in \"mapping\" which columns hold it, or add them to the view by hand.");
    }
    return ViewScript.of(survey, name);
  }

  private void show(Survey survey, Optional<ViewScript> script) {
    if (script.isPresent()) {
      session.output().line(script.get().text());
      return;
    }
    survey.parts().forEach(this::show);
    if (!survey.saysNothing()) {
      session.output().line("");
      session.output().line("As the connection file has it:");
      session.output().line(survey.text());
    }
    if (!survey.isComplete()) {
      session.output().line("");
      session
          .output()
          .line(
              "The table cannot be read so: it lacks %s. Say in \"mapping\" which columns hold it."
                  .formatted(survey.blocking()));
    } else if (survey.saysNothing()) {
      session.output().line("The columns are called as the fields are: there is nothing to write.");
    } else if (!write) {
      session.output().line("To write it into the file: birdie map --write " + file);
    }
  }

  private void show(Survey.Part part) {
    Feed feed = part.proposal().feed();
    session
        .output()
        .line(
            "%s, %s: %s columns, counts of %s rows, values of %d"
                .formatted(
                    feed.table(),
                    feed.kind().displayName(),
                    part.sample().columns().size(),
                    Output.count(part.sample().counted()),
                    part.sample().rows().size()));
    session
        .output()
        .table(
            List.of("field", "column", "confidence", "why"),
            part.proposal().choices().stream().map(MapCommand::line).toList());
    if (!part.proposal().others().isEmpty()) {
      session
          .output()
          .line("Kept in additional_fields: " + String.join(", ", part.proposal().others()));
    }
    part.proposal()
        .scale()
        .ifPresent(scale ->
            session
                .output()
                .line(
                    "Ratings lie on the scale "
                        + Survey.numbers(scale)
                        + ": ingestion.rating_scale"));
    part.preview().ifPresent(this::show);
  }

  private static List<String> line(Choice choice) {
    String column = choice.origin().map(origin -> origin.column() + suffix(origin)).orElse("-");
    String confidence =
        choice.origin().isEmpty()
            ? "-"
            : String.format(Locale.ROOT, "%s %.2f", choice.level(), choice.confidence());
    String why = choice.origin().isEmpty() ? "without it: " + choice.reason() : choice.reason();
    return List.of(choice.field().name(), printable(column), confidence, printable(why));
  }

  private static String suffix(Origin origin) {
    return origin.unit().map(unit -> " (" + unit.name().toLowerCase(Locale.ROOT) + ")").orElse("")
        + (origin.words().isEmpty() ? "" : " (" + origin.words().size() + " words)");
  }

  private void show(Preview preview) {
    List<String> headings = new ArrayList<>(preview.fields());
    headings.add("rules broken");
    session.output().line("");
    session
        .output()
        .table(headings, preview.rows().stream().limit(SHOWN_ROWS).map(MapCommand::line).toList());
    session
        .output()
        .line(
            "Of %d rows, %d satisfy the kind's rules."
                .formatted(preview.rows().size(), preview.sound()));
    preview.broken().forEach((rule, rows) -> session.output().line("  " + rule + ": " + rows));
  }

  private static List<String> line(Preview.Seen row) {
    List<String> cells = new ArrayList<>();
    row.values().forEach(value -> cells.add(value.map(MapCommand::cell).orElse("")));
    cells.add(String.join(", ", row.violations().stream().map(Object::toString).toList()));
    return cells;
  }

  private static String cell(Object value) {
    String text = printable(String.valueOf(value));
    return text.length() <= SHOWN_LETTERS ? text : text.substring(0, SHOWN_LETTERS - 3) + "...";
  }

  /** A screen obeys what is not a letter. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{C}\\s]+", " ");
  }

  private void write(Survey survey) {
    if (survey.saysNothing()) {
      return;
    }
    survey.requireWritable();
    survey.writtenInto(ConnectionText.of(file)).writeTo(file);
    if (!common.json) {
      session.output().line("Written into " + file + ".");
    }
  }

  private Document document(Survey survey, boolean written, Optional<ViewScript> script) {
    return new Document(
        survey.table().toString(),
        survey.isComplete(),
        survey.parts().stream().map(MapCommand::document).toList(),
        survey.block(),
        survey.scale().map(Survey::numbers),
        written,
        script.map(ViewScript::text));
  }

  private static OfFeed document(Survey.Part part) {
    Proposal proposal = part.proposal();
    return new OfFeed(
        proposal.feed().name(),
        proposal.feed().kind().id(),
        part.sample().counted(),
        part.sample().rows().size(),
        part.preview().map(Preview::sound),
        part.preview().map(Preview::broken).orElse(Map.of()),
        proposal.choices().stream().map(OfField::of).toList(),
        proposal.others(),
        part.gaps());
  }
}
