package ai.birdie.duckdb;

import static ai.birdie.core.kind.RecordKinds.ISSUE;
import static ai.birdie.core.kind.RecordKinds.SUPPORT_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Feed;
import ai.birdie.duckdb.TextBatches.Row;
import ai.birdie.testkit.TestFeeds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationViewsTest {

  private static final Feed TICKETS = TestFeeds.of(SUPPORT_TICKET);
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final long SEED = Long.getLong("birdie.seed", System.nanoTime());
  private static final int MESSAGES = 100_000;

  private static final String FIGURES =
      "SELECT conversation_id, messages, customer_messages, agent_messages, bot_messages,"
          + " unknown_messages, turns, duration_seconds, customer_first_response_seconds,"
          + " customer_mean_response_seconds, agent_first_response_seconds,"
          + " agent_mean_response_seconds, bot_first_response_seconds, bot_mean_response_seconds"
          + " FROM conversation ORDER BY conversation_id";

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  @SuppressWarnings("NullAway.Init") // made before each test
  private KindStore store;

  /** A message, as the oracle knows it. */
  private record Message(
      String conversation, String id, Instant posted, Optional<String> type, long cursor) {

    Row row() {
      Map<String, String> values = new HashMap<>();
      values.put("conversation_id", conversation);
      values.put("message_id", id);
      values.put("posted_at", posted.toString());
      values.put("text", "words");
      values.put("author_type", type.orElse("guest")); // a word that nobody knows
      return new Row(values, cursor);
    }

    Optional<String> side() {
      return type.map(known -> known.equals("customer") ? "customer" : "business");
    }
  }

  @BeforeEach
  void make() {
    store = new KindStore(home);
  }

  @Test
  void measuresHowLongCustomersWait() {
    store.land(
        TICKETS,
        List.of(
            message("c-1", "1", 0, "customer"),
            message("c-1", "2", 30, "customer"), // still waiting since the first
            message("c-1", "3", 40, "bot"),
            message("c-1", "4", 100, "agent"),
            message("c-1", "5", 120, "Agent "), // the same turn
            message("c-1", "6", 200, "customer"),
            message("c-1", "7", 250, "robot"), // no known type
            message("c-1", "8", 260, "agent"),
            message("c-2", "9", 10, "agent")));

    assertThat(store.answers(FIGURES))
        .containsExactly(
            // turns: customer, bot, agent, customer, agent; the customer answered after 160 s
            "c-1 | 8 | 3 | 3 | 1 | 1 | 5 | 260.0 | 160.0 | 160.0 | 100.0 | 80.0 | 40.0 | 40.0",
            "c-2 | 1 | 0 | 1 | 0 | 0 | 1 | 0.0 | null | null | null | null | null | null");
  }

  @Test
  void takesWhatTheConversationSaysFromTheMessageThatWasChangedLast() {
    store.land(
        TICKETS,
        List.of(
            with(message("c", "1", 0, "customer"), 10, Map.of("status", "open", "account_id", "a")),
            with(message("c", "2", 60, "agent"), 20, Map.of("status", "open", "title", "lamp"))));
    store.land(
        TICKETS, List.of(with(message("c", "1", 0, "customer"), 30, Map.of("status", "solved"))));

    assertThat(store.answers("SELECT status, title, account_id, messages FROM conversation"))
        .containsExactly("solved | null | null | 2");
    assertThat(store.answers("SELECT count(*) FROM support_ticket")).containsExactly("2");
  }

  @Test
  void hasTheConversationsOfAllFeedsOfTheFamilyEachForItself() {
    store.land(TICKETS, List.of(message("c", "1", 0, "customer")));
    store.land(TestFeeds.of(ISSUE), List.of(message("c", "1", 0, "agent")));

    assertThat(
            store.answers(
                "SELECT _feed, kind, conversation_id, customer_messages FROM conversation ORDER BY ALL"))
        .containsExactly("issue | issue | c | 0", "support_ticket | support_ticket | c | 1");
  }

  @Test
  void isEmptyWhereNothingHasLanded() {
    store.land(TestFeeds.reviews("reviews", "reviews"), List.of());
    assertThat(store.answers("SELECT count(*) FROM conversation")).containsExactly("0");
  }

  @Test
  void reportsConversationsWithoutAMessageAndMessagesWithoutAConversation() {
    Row nobodys = message(" ", "1", 0, "customer");
    Row empty = with(message("c-2", "2", 0, "customer"), 5, Map.of("text", " "));
    Row half = with(message("c-1", "3", 0, "customer"), 5, Map.of("text", ""));
    store.land(TICKETS, List.of(message("c-1", "1", 0, "customer"), nobodys, empty, half));

    assertThat(store.status("support_ticket").conversations())
        .contains(new FeedStatus.Conversations(1, 1, 1));
  }

  @Test
  void agreesWithPlainJavaOnGeneratedMessages() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Message> messages = new ArrayList<>();
    String[] types = {"customer", "customer", "agent", "bot", ""};
    for (int i = 0; i < MESSAGES; i++) {
      String type = types[random.nextInt(types.length)];
      messages.add(
          new Message(
              "c-" + random.nextInt(MESSAGES / 8),
              "m-" + i,
              NINE.plusSeconds(random.nextInt(5_000)),
              Optional.of(type).filter(t -> !t.isEmpty()),
              random.nextInt(1_000)));
    }
    store.land(TICKETS, messages.stream().map(Message::row).toList());

    List<String> expected =
        messages.stream()
            .collect(
                Collectors.groupingBy(Message::conversation, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(ConversationViewsTest::figures)
            .toList();
    assertThat(store.answers(FIGURES)).as("seed " + SEED).isEqualTo(expected);
  }

  /** A conversation's figures, message by message. */
  private static String figures(List<Message> unsorted) {
    List<Message> messages =
        unsorted.stream()
            .sorted(
                Comparator.comparing(Message::posted)
                    .thenComparingLong(Message::cursor)
                    .thenComparing(Message::id))
            .toList();
    Map<String, List<Long>> delays = new HashMap<>();
    Map<String, Instant> answered = new HashMap<>();
    int turns = 0;
    String speaker = "";
    String side = "";
    Optional<Instant> asked = Optional.empty();
    Instant began = Instant.EPOCH;
    for (Message message : messages) {
      if (message.type().isEmpty()) {
        continue;
      }
      String type = message.type().get();
      turns += type.equals(speaker) ? 0 : 1;
      speaker = type;
      if (!message.side().orElseThrow().equals(side)) {
        asked = side.isEmpty() ? Optional.empty() : Optional.of(began);
        side = message.side().orElseThrow();
        began = message.posted();
        answered.clear();
      }
      if (asked.isPresent() && answered.putIfAbsent(type, message.posted()) == null) {
        delays
            .computeIfAbsent(type, _ -> new ArrayList<>())
            .add(message.posted().getEpochSecond() - asked.get().getEpochSecond());
      }
    }
    List<Object> figures = new ArrayList<>();
    figures.add(messages.get(0).conversation());
    figures.add(messages.size());
    for (String type : List.of("customer", "agent", "bot", "")) {
      figures.add(messages.stream().filter(m -> m.type().orElse("").equals(type)).count());
    }
    figures.add(turns);
    figures.add(
        (double)
            (messages.get(messages.size() - 1).posted().getEpochSecond()
                - messages.get(0).posted().getEpochSecond()));
    for (String type : List.of("customer", "agent", "bot")) {
      List<Long> of = delays.getOrDefault(type, List.of());
      figures.add(of.isEmpty() ? "null" : (double) of.get(0));
      figures.add(
          of.stream().mapToLong(d -> d).average().stream()
              .boxed()
              .findFirst()
              .map(String::valueOf)
              .orElse("null"));
    }
    return figures.stream().map(String::valueOf).collect(Collectors.joining(" | "));
  }

  private static Row message(String conversation, String id, int second, String type) {
    return new Row(
        Map.of(
            "conversation_id", conversation,
            "message_id", id,
            "posted_at", NINE.plusSeconds(second).toString(),
            "text", "words",
            "author_type", type),
        1);
  }

  private static Row with(Row row, long cursor, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(row.values());
    values.putAll(more);
    return new Row(values, cursor);
  }
}
