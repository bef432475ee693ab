package ai.birdie.app.config;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Redaction;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.WorkspaceConnection;
import ai.birdie.databricks.WorkspaceHost;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns a document that was checked against the schema into a connection, and finds the faults that
 * no schema can. Used once, by one thread.
 */
final class Interpretation {

  private static final String HOST = "/connection_details/host";
  private static final String WAREHOUSE = "/connection_details/warehouse_id";
  private static final String KINDS = "/metadata/data_kind";
  private static final String KIND_COLUMN = "/metadata/kind_column";
  private static final String KIND_FILE = "/metadata/kind_file";
  private static final String DEFAULT_KIND_COLUMN = "data_kind";
  private static final String INGESTION = "/ingestion";
  private static final String SCALE = "/ingestion/rating_scale";
  private static final String NAME = "/ingestion/name";
  private static final Pattern FEED_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Path file;
  private final HostRule hosts;
  private final Values values;
  private final Map<String, Path> files;
  private final Findings findings;
  private final FieldMapping mappings;

  /** Reads {@code values}, of which some are the content of {@code files}, by their pointers. */
  Interpretation(Path file, HostRule hosts, Values values, Map<String, Path> files) {
    this.file = file;
    this.hosts = hosts;
    this.values = values;
    this.files = files;
    this.findings = values.findings();
    this.mappings = new FieldMapping(values);
  }

  /** The connection, or every fault of the file, those that were found before included. */
  Reading reading() {
    Optional<WorkspaceHost> host = host();
    Optional<String> warehouse = values.text(WAREHOUSE);
    Optional<Credentials> credentials = Authentication.read(values, files);
    Optional<TableName> table = table();
    FeedSettings settings = FeedSettings.read(values);
    Optional<Path> kindFile = kindFile();
    Findings ofKind = new Findings(kindFile.map(Path::toString).orElse(""));
    Optional<RecordKind> own = kindFile.flatMap(path -> KindFiles.read(path, ofKind));
    List<RecordKind> kinds =
        scaled(values.text(KINDS).map(list -> Kinds.read(list, own, findings)).orElse(List.of()));
    own.filter(kind -> !kinds.contains(kind) && !findings.isFaulty(KINDS))
        .ifPresent(_ ->
            findings.fault(
                KIND_FILE, "is of use only where data_kind names the kind that it defines"));
    mappings.check(kinds);
    checkNames(kinds);
    checkKeys(kinds);
    checkRedaction(kinds, settings);
    List<Fault> faults =
        Stream.concat(findings.faults().stream(), ofKind.faults().stream()).toList();
    if (!faults.isEmpty()) {
      return new Reading.Faulty(faults);
    }
    Advice.give(values);
    WorkspaceConnection workspace =
        new WorkspaceConnection(
            host.orElseThrow(), warehouse.orElseThrow(), credentials.orElseThrow());
    List<Feed> feeds =
        kinds.stream()
            .map(kind -> feed(kind, kinds, workspace.host(), table.orElseThrow(), settings))
            .toList();
    return new Reading.Valid(new Connection(file, workspace, feeds, findings.warnings()));
  }

  /** The file that defines a kind, relative to this one. */
  private Optional<Path> kindFile() {
    try {
      Optional<Path> path = values.text(KIND_FILE).map(file::resolveSibling);
      if (path.filter(Files::isReadable).isPresent()) {
        return path;
      }
    } catch (InvalidPathException e) {
      // it names no file
    }
    if (values.has(KIND_FILE)) {
      findings.fault(
          KIND_FILE,
          "must name a file that exists and can be read, relative to the connection file");
    }
    return Optional.empty();
  }

  /** Of surveys with a scale of their own the file says which. */
  private List<RecordKind> scaled(List<RecordKind> kinds) {
    List<Double> scale = values.numbers(SCALE);
    if (scale.size() < 2) {
      return kinds;
    }
    if (scale.get(0) >= scale.get(1)) {
      values.fault(SCALE);
      return kinds;
    }
    if (!kinds.contains(RecordKinds.CSAT)) {
      findings.fault(SCALE, "is of use for the kind CSAT only");
    }
    return kinds.stream()
        .map(kind ->
            kind.equals(RecordKinds.CSAT)
                ? RecordKinds.rated(kind, new Domain.Range(scale.get(0), scale.get(1)))
                : kind)
        .toList();
  }

  private Optional<WorkspaceHost> host() {
    Optional<String> url = values.text(HOST);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    Optional<WorkspaceHost> local = local(url.get());
    if (local.isPresent() && hosts.isLocal()) {
      return local;
    }
    try {
      return Optional.of(WorkspaceHost.of(url.get(), hosts.allowed()));
    } catch (ConfigException e) {
      if (local.isPresent()) {
        findings.fault(HOST, "must not be this machine, unless the option --local allows it");
      } else {
        values.fault(HOST);
      }
      return Optional.empty();
    }
  }

  private static Optional<WorkspaceHost> local(String url) {
    try {
      return Optional.of(WorkspaceHost.local(url));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private Optional<TableName> table() {
    String catalog = values.text("/data_source/catalog").orElse(TableName.HIVE_METASTORE);
    return values
        .text("/data_source/schema")
        .flatMap(schema ->
            values
                .text("/data_source/table")
                .map(table -> new TableName(Optional.of(catalog), schema, table)));
  }

  private String name() {
    return values
        .text(NAME)
        .orElseGet(() -> String.valueOf(file.getFileName()).replaceFirst("\\.json$", ""));
  }

  private String name(RecordKind kind, List<RecordKind> kinds) {
    return kinds.size() == 1 ? name() : name() + "." + kind.id();
  }

  private void checkNames(List<RecordKind> kinds) {
    boolean allFit = kinds.stream().allMatch(kind -> isFeedName(name(kind, kinds)));
    if (isFeedName(name()) && allFit) {
      return;
    }
    if (values.has(NAME)) {
      findings.fault(NAME, "must be shorter: with the kind after it, a name has 100 characters");
    } else {
      String parent = values.has(INGESTION) ? INGESTION : Pointer.ROOT;
      String key = values.has(INGESTION) ? "name" : "ingestion\" with \"name";
      findings.lack(
          parent,
          "must have \""
              + key
              + "\", because the file's own name is not "
              + values.schema().title(NAME));
    }
  }

  private static boolean isFeedName(String name) {
    return FEED_NAME.matcher(name).matches();
  }

  private void checkKeys(List<RecordKind> kinds) {
    boolean keyless = kinds.stream().anyMatch(kind -> kind.key().isEmpty());
    if (!keyless || values.has(FeedSettings.KEY)) {
      return;
    }
    String parent = values.has(INGESTION) ? INGESTION : Pointer.ROOT;
    String key = values.has(INGESTION) ? "key" : "ingestion\" with \"key";
    findings.lack(
        parent,
        "must have \"" + key + "\", the columns that identify a row, for the kind Reference");
  }

  /** A key without its personal data would make one record of many. */
  private void checkRedaction(List<RecordKind> kinds, FeedSettings settings) {
    boolean takesText = kinds.stream().anyMatch(Redaction.FreeText::isIn);
    if (settings.redaction() instanceof Redaction.FreeText && !kinds.isEmpty() && !takesText) {
      findings.fault(
          FeedSettings.REDACT,
          "must be a list of column names here: records of this kind have no field text or title");
    }
    if (settings.redaction() instanceof Redaction.Columns columns
        && columns.names().stream().anyMatch(name -> isOfKey(name, kinds, settings))) {
      findings.fault(FeedSettings.REDACT, "must not name a column of the key");
    }
  }

  private boolean isOfKey(String name, List<RecordKind> kinds, FeedSettings settings) {
    return kinds.stream()
        .flatMap(kind -> key(kind, settings).stream())
        .anyMatch(name::equalsIgnoreCase);
  }

  private List<String> key(RecordKind kind, FeedSettings settings) {
    return settings.key().isEmpty() ? mappings.of(kind).columns(kind.key()) : settings.key();
  }

  private Feed feed(
      RecordKind kind,
      List<RecordKind> kinds,
      WorkspaceHost host,
      TableName table,
      FeedSettings settings) {
    Mapping mapping = mappings.of(kind);
    return new Feed(
        name(kind, kinds),
        host.uri().getAuthority(), // with its port, which tells local workspaces apart
        table,
        kind,
        key(kind, settings),
        settings.cursor(),
        mapping,
        filter(kind, kinds),
        settings.start(),
        settings.lag(),
        settings.settle(),
        settings.mode(),
        Optional.of(settings.cycle()),
        settings.order(),
        settings.windowRows(),
        settings.tolerance(),
        settings.redaction());
  }

  /** A single kind needs a filter only where the file says that the table holds others too. */
  private Optional<KindFilter> filter(RecordKind kind, List<RecordKind> kinds) {
    Optional<String> column = values.text(KIND_COLUMN);
    if (column.isEmpty() && kinds.size() == 1) {
      return Optional.empty();
    }
    return Optional.of(new KindFilter(column.orElse(DEFAULT_KIND_COLUMN), kind));
  }
}
