package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.Field.Need;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.duckdb.TextBatches.Row;
import ai.birdie.testkit.TestFeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds that users defined. */
class OwnKindTest {

  private static final RecordKind RETURNS =
      new RecordKind(
          "return_request",
          "Return Request",
          Family.FEEDBACK,
          "why something is sent back",
          List.of(
              new Field("feedback_id", FieldType.TEXT, Need.REQUIRED, "id"),
              new Field("text", FieldType.TEXT, Need.OPTIONAL, "words"),
              new Field(
                  "reason",
                  FieldType.TEXT,
                  Need.REQUIRED,
                  new Domain.Words(List.of("broken", "late")),
                  Field.Level.RECORD,
                  Field.Basis.OWN,
                  "what was chosen"),
              new Field("items", FieldType.INTEGER, Need.OPTIONAL, "how many")),
          List.of("feedback_id"),
          List.of());

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  @SuppressWarnings("NullAway.Init") // made before each test
  private KindStore store;

  @BeforeEach
  void make() {
    store = new KindStore(home);
  }

  @Test
  void haveAViewThatStaysWhenTheStoreIsOpenedAgain() {
    store.land(TestFeeds.of(RETURNS), List.of(row("r-1", "Late", "2"), row("r-2", "none", "1")));
    store.land(TestFeeds.reviews("reviews", "reviews"), List.of());

    assertThat(store.answers("SELECT _feed, feedback_id, reason, items FROM return_request"))
        .containsExactly("return_request | r-1 | late | 2");
    assertThat(store.answers("SELECT kind, violations FROM quarantine"))
        .containsExactly("return_request | [reason:unknown-word:text]");
    assertThat(store.answers("SELECT kind, feedback_id, text FROM feedback"))
        .containsExactly("return_request | r-1 | words");
  }

  @Test
  void areShownAsTheyAreDefinedNow() {
    store.land(TestFeeds.of(RETURNS), List.of(row("r-1", "late", "2")));
    List<Field> fields = new ArrayList<>(RETURNS.fields());
    fields.set(3, new Field("items", FieldType.TEXT, Need.OPTIONAL, "how many, in words"));
    RecordKind changed =
        new RecordKind(
            RETURNS.id(),
            RETURNS.displayName(),
            RETURNS.family(),
            RETURNS.meaning(),
            fields,
            RETURNS.key(),
            RETURNS.anyOf());
    store.land(TestFeeds.of(changed), List.of(row("r-2", "broken", "a few")));

    assertThat(store.answers("SELECT feedback_id, items FROM return_request ORDER BY ALL"))
        .containsExactly("r-1 | 2", "r-2 | a few");
  }

  @Test
  void ofConversationsAreAmongThem() {
    List<Field> fields = new ArrayList<>(RecordKinds.ISSUE.fields());
    fields.removeIf(field -> field.name().equals("title") || field.name().equals("author_type"));
    RecordKind chats =
        new RecordKind(
            "chat",
            "Chat",
            Family.CONVERSATION,
            "chat",
            fields,
            RecordKinds.ISSUE.key(),
            List.of());
    store.land(
        TestFeeds.of(chats),
        List.of(
            new Row(
                Map.of(
                    "conversation_id", "c",
                    "message_id", "m",
                    "posted_at", "2026-03-02T09:00:00Z",
                    "text", "words"),
                1)));

    assertThat(store.answers("SELECT kind, conversation_id, messages, title FROM conversation"))
        .containsExactly("chat | c | 1 | null");
    assertThat(store.answers("SELECT kind, feedback_id FROM feedback")).containsExactly("chat | m");
    assertThat(store.status("chat").conversations()).isPresent();
  }

  private static Row row(String id, String reason, String items) {
    return new Row(Map.of("feedback_id", id, "text", "words", "reason", reason, "items", items), 1);
  }
}
