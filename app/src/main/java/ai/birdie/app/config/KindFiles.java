package ai.birdie.app.config;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads files that define a kind of record, in the form in which {@code birdie schema --definition}
 * prints one. Every fault of a file is found at once, and none repeats a value of the file.
 */
public final class KindFiles {

  private static final String ID = "/id";
  private static final String DISPLAY_NAME = "/display_name";
  private static final String FIELDS = "/fields";
  private static final String MUST_HAVE = "must have the field ";

  /** Views that every store has besides those of kinds. */
  private static final Set<String> VIEWS = Set.of("quarantine", "conversation", "feedback");

  /** What the views of kinds have besides fields. */
  private static final Set<String> COLUMNS = Set.of("additional_fields");

  /** Without these the rows of a family cannot be told apart, or put together. */
  private static final Map<Family, List<String>> NEEDED =
      Map.of(
          Family.FEEDBACK, List.of("feedback_id"),
          Family.CONVERSATION, List.of("conversation_id", "message_id"),
          Family.AUDIENCE, List.of(),
          Family.TABLE, List.of());

  private final Values values;
  private final Findings findings;

  private KindFiles(Values values) {
    this.values = values;
    this.findings = values.findings();
  }

  /**
   * The kind that the file defines.
   *
   * @throws ConfigException if the file cannot be read or has faults; the message has a line for
   *     each
   */
  public static RecordKind read(Path file) {
    Findings findings = new Findings(file.toString());
    return read(file, findings)
        .orElseThrow(() ->
            ConnectionFiles.refusal(
                findings.faults(),
                "Mend the file, and run the command again; docs/guides/kinds.md describes every key."));
  }

  /** The kind; empty, with one fault or more, if the file defines none. */
  static Optional<RecordKind> read(Path file, Findings findings) {
    Optional<ObjectNode> document =
        ConnectionFiles.text(file, findings).flatMap(text -> JsonText.read(text, findings));
    if (document.isEmpty()) {
      return Optional.empty();
    }
    ConnectionSchema schema = ConnectionSchema.ofKinds();
    schema.check(document.get(), findings);
    return new KindFiles(new Values(document.get(), schema, findings)).kind();
  }

  private Optional<RecordKind> kind() {
    String id = values.text(ID).orElse("");
    String displayName = values.text(DISPLAY_NAME).orElse(id);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < values.size(FIELDS); i++) {
      field(Pointer.child(FIELDS, i)).ifPresent(fields::add);
    }
    List<String> names = fields.stream().map(Field::name).toList();
    checkNames(names);
    checkKnown("/key", names);
    checkKnown("/any_of", names);
    if (VIEWS.contains(id)) {
      findings.fault(ID, "must not be " + String.join(", ", VIEWS.stream().sorted().toList()));
    }
    if (!RecordKinds.idOf(displayName).equals(id) && !id.isEmpty()) {
      findings.fault(
          DISPLAY_NAME, "must be the id in other letters: capitals, and spaces for underscores");
    }
    Family family = word("/family", Family.class, Family.TABLE);
    NEEDED.getOrDefault(family, List.of()).stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> findings.lack(FIELDS, MUST_HAVE + name + ", as all of its family do"));
    if (!findings.faults().isEmpty()) {
      return Optional.empty();
    }
    RecordKind kind =
        new RecordKind(
            id,
            displayName,
            family,
            values.text("/meaning").orElse(""),
            fields,
            values.texts("/key"),
            values.texts("/any_of"));
    return isItself(kind) ? Optional.of(kind) : Optional.empty();
  }

  /** A file may spell out a kind that is known already, and not change it. */
  private boolean isItself(RecordKind kind) {
    Optional<RecordKind> known = RecordKinds.named(kind.id());
    if (known.isPresent()) {
      if (!known.get().equals(kind)) {
        findings.fault(ID, "must not be that of a kind that Birdie has, since it is another");
      }
    } else if (kind.fields().isEmpty()) {
      findings.fault(FIELDS, "must have at least one field");
    } else if (kind.key().isEmpty()) {
      findings.fault("/key", "must have at least one field");
    }
    return findings.faults().isEmpty();
  }

  private void checkNames(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String pointer = Pointer.child(Pointer.child(FIELDS, i), "name");
      if (!seen.add(names.get(i))) {
        findings.fault(pointer, "must be another name than those of the fields before it");
      }
      if (COLUMNS.contains(names.get(i))) {
        findings.fault(pointer, "must not be additional_fields, which every view has");
      }
    }
  }

  private void checkKnown(String pointer, List<String> names) {
    List<String> named = values.texts(pointer);
    for (int i = 0; i < named.size(); i++) {
      if (!names.contains(named.get(i))) {
        findings.fault(Pointer.child(pointer, i), "must be the name of one of the fields");
      }
    }
  }

  private Optional<Field> field(String pointer) {
    Optional<String> name = values.text(Pointer.child(pointer, "name"));
    FieldType type = word(Pointer.child(pointer, "type"), FieldType.class, FieldType.TEXT);
    Domain domain = domain(pointer, type);
    return name.map(of ->
        new Field(
            of,
            type,
            word(Pointer.child(pointer, "need"), Field.Need.class, Field.Need.OPTIONAL),
            domain,
            word(Pointer.child(pointer, "level"), Field.Level.class, Field.Level.RECORD),
            word(Pointer.child(pointer, "basis"), Field.Basis.class, Field.Basis.OWN),
            values.text(Pointer.child(pointer, "meaning")).orElse("")));
  }

  private Domain domain(String pointer, FieldType type) {
    String range = Pointer.child(pointer, "range");
    String words = Pointer.child(pointer, "words");
    List<Double> ends = values.numbers(range);
    List<String> known = values.texts(words);
    if (!known.isEmpty()) {
      return suited(
          new Domain.Words(known), type, words, "must not be there: its field is no text");
    }
    if (ends.size() < 2) {
      return Domain.ANY;
    }
    if (ends.get(0) >= ends.get(1)) {
      findings.fault(range, "must be two numbers, the smaller first");
      return Domain.ANY;
    }
    return suited(
        new Domain.Range(ends.get(0), ends.get(1)),
        type,
        range,
        "must not be there: its field is no number");
  }

  private Domain suited(Domain domain, FieldType type, String pointer, String otherwise) {
    if (domain.suits(type)) {
      return domain;
    }
    findings.fault(pointer, otherwise);
    return Domain.ANY;
  }

  private <E extends Enum<E>> E word(String pointer, Class<E> type, E otherwise) {
    return values
        .text(pointer)
        .map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)))
        .orElse(otherwise);
  }
}
