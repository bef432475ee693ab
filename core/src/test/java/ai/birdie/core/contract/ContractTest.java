package ai.birdie.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContractTest {

  private static final List<SourceColumn> REVIEW =
      columns("feedback_id", "posted_at", "text", "title", "rating", "author_id");

  @Test
  void namesTheKeyAsTheTableSpellsIt() {
    Contract contract =
        Contract.of(
            feed(RecordKinds.SUPPORT_TICKET), columns("Message_Id", "text", "CONVERSATION_ID"));
    assertThat(contract.key().columns()).containsExactly("CONVERSATION_ID", "Message_Id");
  }

  @Test
  void knowsAConversationWithoutMessagesByItsOwnId() {
    Contract contract =
        Contract.of(feed(RecordKinds.SUPPORT_TICKET), columns("conversation_id", "text"));
    assertThat(contract.key().columns()).containsExactly("conversation_id");
    assertThat(contract.value("message_id", row(Map.of("conversation_id", "c-1")))).contains("c-1");
    assertThat(found(contract, Map.of("text", "x")))
        .containsExactly("conversation_id:key-missing:null");
  }

  @Test
  void refusesATableThatLacksTheKey() {
    assertThatThrownBy(
            () -> Contract.of(feed(RecordKinds.SUPPORT_TICKET), columns("message_id", "text")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("main.voc.records has no column conversation_id");
  }

  @Test
  void refusesATableThatLacksWhatEveryRowMustHave() {
    assertThatThrownBy(() -> Contract.of(feed(RecordKinds.NPS), columns("feedback_id", "text")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("has no column rating, which every row of kind nps must have");
    assertThatThrownBy(
            () -> Contract.of(feed(RecordKinds.REVIEW), columns("feedback_id", "posted_at")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none of the columns text, title, rating");
  }

  @Test
  void readsATableWithoutTimes() {
    Contract contract = Contract.of(feed(RecordKinds.REVIEW), columns("feedback_id", "text"));
    assertThat(found(contract, Map.of("feedback_id", "r-1", "text", "good"))).isEmpty();
  }

  @Test
  void aSoundReviewBreaksNothing() {
    assertThat(found(review(), sound())).isEmpty();
  }

  @Test
  void aReviewNeedsTextOrTitleOrRating() {
    assertThat(found(review(), Map.of("feedback_id", "r", "posted_at", "2026-01-01", "text", " ")))
        .containsExactly("text+title+rating:all-missing:blank");
  }

  @Test
  void saysWhatIsThereInPlaceOfAValue() {
    Map<String, Object> row = new TreeMap<>(sound());
    row.put("posted_at", "yesterday");
    row.put("rating", "many");
    assertThat(found(review(), row))
        .containsExactly("posted_at:not-a-time:text", "rating:not-a-number:text");
  }

  @Test
  void ratingsLieInTheirRange() {
    assertThat(found(review(), rated("5"))).isEmpty();
    assertThat(found(review(), rated("5.5"))).containsExactly("rating:out-of-range:above");
    assertThat(found(review(), rated("0"))).containsExactly("rating:out-of-range:below");
  }

  @Test
  void aSurveyMayHaveAScaleOfItsOwn() {
    RecordKind kind = RecordKinds.rated(RecordKinds.CSAT, new Domain.Range(1, 7));
    Contract contract = Contract.of(feed(kind), columns("feedback_id", "rating"));
    assertThat(found(contract, Map.of("feedback_id", "c", "rating", "7"))).isEmpty();
    assertThat(found(contract, Map.of("feedback_id", "c", "rating", "8")))
        .containsExactly("rating:out-of-range:above");
    assertThat(found(contract, Map.of("feedback_id", "c"))).containsExactly("rating:missing:null");
  }

  @Test
  void numbersThatAreNoneAreFound() {
    Contract contract =
        Contract.of(
            feed(RecordKinds.NPS),
            List.of(
                new SourceColumn("feedback_id", Shape.WHOLE),
                new SourceColumn("rating", Shape.FLOATING)));
    assertThat(found(contract, Map.of("feedback_id", 7L, "rating", Double.NaN)))
        .containsExactly("rating:not-a-whole-number:nan");
    assertThat(found(contract, Map.of("feedback_id", 7L, "rating", 9.5)))
        .containsExactly("rating:not-a-whole-number:number");
    assertThat(contract.value("feedback_id", row(Map.of("feedback_id", 7L)))).contains("7");
  }

  @Test
  void anUnknownAuthorTypeIsNone() {
    Contract contract =
        Contract.of(
            feed(RecordKinds.ISSUE),
            columns("conversation_id", "message_id", "text", "author_type"));
    Map<String, Object> row =
        Map.of("conversation_id", "c", "message_id", "m", "text", "x", "author_type", "Robot");
    assertThat(found(contract, row)).isEmpty();
    assertThat(contract.value("author_type", row(row))).isEmpty();
    assertThat(contract.value("author_type", row(Map.of("author_type", " Agent "))))
        .contains("agent");
  }

  @Test
  void readsFieldsWhereTheMappingSays() {
    Mapping mapping =
        new Mapping(
            new TreeMap<>(
                Map.of(
                    "feedback_id", Origin.of("id"),
                    "text", Origin.of("body"),
                    "posted_at",
                        new Origin("made", Optional.of(EpochUnit.MILLISECONDS), new TreeMap<>()),
                    "rating", Origin.of("stars").meaning(Map.of("Great", "5", "poor", "1")))),
            Set.of("title"));
    Contract contract =
        Contract.of(
            feed(RecordKinds.REVIEW).mapped(mapping),
            List.of(
                new SourceColumn("ID", Shape.TEXT),
                new SourceColumn("body", Shape.TEXT),
                new SourceColumn("title", Shape.TEXT),
                new SourceColumn("made", Shape.WHOLE),
                new SourceColumn("stars", Shape.TEXT)));
    Row row =
        row(Map.of("ID", "r", "body", "fine", "title", "no", "made", 1000L, "stars", " great"));
    assertThat(contract.key().columns()).containsExactly("ID");
    assertThat(contract.violations(row)).isEmpty();
    assertThat(contract.value("text", row)).contains("fine");
    assertThat(contract.value("title", row)).isEmpty();
    assertThat(contract.value("posted_at", row)).contains(Instant.ofEpochSecond(1));
    assertThat(contract.value("rating", row)).contains(5.0);
  }

  @Test
  void refusesAMappingToWhatIsNotThere() {
    Feed feed = feed(RecordKinds.REVIEW).mapped(Mapping.of(Map.of("title", Origin.of("headline"))));
    assertThatThrownBy(() -> Contract.of(feed, REVIEW))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "has no column headline, which the connection file's mapping names for title");
  }

  @Test
  void aColumnThatCanNeverBeTheFieldIsNotTakenForIt() {
    List<SourceColumn> nested =
        List.of(
            new SourceColumn("feedback_id", Shape.TEXT),
            new SourceColumn("text", Shape.TEXT),
            new SourceColumn("source", Shape.OTHER));
    assertThat(Contract.of(feed(RecordKinds.REVIEW), nested).binding("source")).isEmpty();
    List<SourceColumn> rated =
        List.of(
            new SourceColumn("feedback_id", Shape.TEXT), new SourceColumn("rating", Shape.TRUTH));
    assertThatThrownBy(() -> Contract.of(feed(RecordKinds.NPS), rated))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("can never be the rating");
  }

  @Test
  void timesWithoutAZoneAreMeantInTheDeclaredOne() {
    Feed feed =
        new Feed(
            "records",
            "test.cloud.databricks.com",
            new TableName(Optional.of("main"), "voc", "records"),
            RecordKinds.REVIEW,
            RecordKinds.REVIEW.key(),
            new Cursor("updated_at", Optional.of(ZoneId.of("Europe/Lisbon")), Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Duration.ofHours(1),
            Duration.ZERO,
            1_000);
    Contract contract =
        Contract.of(
            feed,
            List.of(
                new SourceColumn("feedback_id", Shape.TEXT),
                new SourceColumn("text", Shape.TEXT),
                new SourceColumn("posted_at", Shape.DATE)));
    Row row = row(Map.of("posted_at", LocalDate.of(2026, 7, 1)));
    assertThat(contract.value("posted_at", row)).contains(Instant.parse("2026-06-30T23:00:00Z"));
  }

  @Test
  void aViolationIsReadBackAsItWasWritten() {
    Violation violation = new Violation("a:b", "missing", "null");
    assertThat(Violation.parse(violation.toString())).isEqualTo(violation);
  }

  private static Contract review() {
    return Contract.of(feed(RecordKinds.REVIEW), REVIEW);
  }

  private static Map<String, Object> sound() {
    return Map.of(
        "feedback_id", "r-1", "posted_at", "2026-01-05T08:00:00Z", "text", "good", "rating", "4");
  }

  private static Map<String, Object> rated(String rating) {
    Map<String, Object> row = new TreeMap<>(sound());
    row.put("rating", rating);
    return row;
  }

  private static List<String> found(Contract contract, Map<String, Object> row) {
    return contract.violations(row(row)).stream().map(Violation::toString).toList();
  }

  private static Row row(Map<String, Object> values) {
    return column -> Optional.ofNullable(values.get(column));
  }

  private static List<SourceColumn> columns(String... names) {
    return Arrays.stream(names).map(name -> new SourceColumn(name, Shape.TEXT)).toList();
  }

  private static Feed feed(RecordKind kind) {
    return new Feed(
        "records",
        "test.cloud.databricks.com",
        new TableName(Optional.of("main"), "voc", "records"),
        kind,
        kind.key(),
        new Cursor("updated_at", Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Duration.ofHours(1),
        Duration.ZERO,
        1_000);
  }
}
