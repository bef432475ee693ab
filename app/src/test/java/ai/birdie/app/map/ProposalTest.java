package ai.birdie.app.map;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.contract.Shape;
import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.RecordKinds;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ProposalTest {

  @Test
  void columnsCalledAsTheFieldsNeedNoMapping() {
    Proposal proposal =
        new Table()
            .text("FEEDBACK_ID", i -> "r-" + i)
            .prose("text")
            .whole("rating", i -> 1L + i % 5)
            .times("posted_at")
            .times("updated_at")
            .text("product", i -> "p" + i % 7)
            .propose(RecordKinds.REVIEW, "updated_at");
    assertThat(proposal.mapping()).isEqualTo(Mapping.BY_NAME);
    assertThat(proposal.block()).isEmpty();
    assertThat(proposal.others()).containsExactly("updated_at", "product");
    assertThat(found(proposal).keySet())
        .containsExactlyInAnyOrder("feedback_id", "text", "rating", "posted_at");
  }

  @Test
  void anExportOfReviews() {
    Proposal proposal =
        new Table()
            .text("Review Id", i -> "63f%05xaa".formatted(i))
            .text("Review Created (UTC)", i -> "2026-03-%02dT10:00:00Z".formatted(1 + i % 28))
            .text("Review Username", i -> i % 2 == 0 ? "Ana Souza" : "Tom Baker")
            .headings("Review Title")
            .prose("Review Content")
            .whole("Review Stars", i -> 1L + i % 5)
            .whole("Review Comment Count", i -> (long) (i % 3))
            .text("Review Language", i -> i % 3 == 0 ? "pt-BR" : "en")
            .text("Review Permalink", i -> "https://reviews.example/" + i)
            .text("Review Source Name", i -> i % 2 == 0 ? "invited" : "organic")
            .times("loaded_at")
            .propose(RecordKinds.REVIEW, "loaded_at");
    assertThat(found(proposal))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "feedback_id", "Review Id",
                "posted_at", "Review Created (UTC)",
                "author_name", "Review Username",
                "title", "Review Title",
                "text", "Review Content",
                "rating", "Review Stars",
                "language", "Review Language",
                "url", "Review Permalink",
                "source", "Review Source Name"));
  }

  @Test
  void anExportOfTicketsMessageByMessage() {
    Proposal proposal =
        new Table()
            .whole("id", i -> 9_000_000_000L + i)
            .whole("ticket_id", i -> 100L + i / 4)
            .whole("author_id", i -> 7000L + i % 31)
            .text("author_role", i -> i % 4 == 0 ? "end-user" : i % 4 == 1 ? "Admin" : "agent")
            .whole("organization_id", i -> 50L + i % 11)
            .prose("plain_body")
            .text("html_body_size", i -> "x" + i % 3)
            .headings("ticket_subject")
            .text("ticket_status", i -> i % 3 == 0 ? "open" : "solved")
            .text("via", i -> i % 2 == 0 ? "email" : "chat")
            .whole("created", i -> 1_772_000_000_000L + i * 60_000L)
            .times("updated_at")
            .with("public", Shape.TRUTH, i -> true)
            .propose(RecordKinds.SUPPORT_TICKET, "updated_at");
    assertThat(found(proposal))
        .containsEntry("conversation_id", "ticket_id")
        .containsEntry("message_id", "id")
        .containsEntry("author_id", "author_id")
        .containsEntry("author_type", "author_role")
        .containsEntry("account_id", "organization_id")
        .containsEntry("title", "ticket_subject")
        .containsEntry("status", "ticket_status")
        .containsEntry("channel", "via")
        .containsEntry("posted_at", "created");
    assertThat(proposal.mapping().of("posted_at").flatMap(Origin::unit))
        .contains(EpochUnit.MILLISECONDS);
    assertThat(proposal.mapping().of("author_type").map(Origin::words))
        .contains(new TreeMap<>(Map.of("end-user", "customer", "admin", "agent")));
    assertThat(found(proposal)).containsEntry("text", "plain_body");
  }

  @Test
  void aTableOfWholeTicketsHasTheConversationsIdAlone() {
    for (String name : List.of("id", "post_id", "Ticket number")) {
      Proposal proposal =
          new Table()
              .text(name, i -> "t" + i)
              .prose("description")
              .times("created_at")
              .times("updated_at")
              .propose(RecordKinds.SUPPORT_TICKET, "updated_at");
      assertThat(found(proposal))
          .containsEntry("conversation_id", name)
          .doesNotContainKey("message_id");
      assertThat(Gap.of(proposal.mapped(), proposal.columns())).noneMatch(Gap::blocks);
    }
  }

  @Test
  void anExportOfSurveysWhoseQuestionIsItsColumn() {
    Proposal proposal =
        new Table()
            .text("responseUuid", i -> "%08x-aaaa".formatted(i * 7919))
            .whole("How likely are you to recommend us? (score)", i -> (long) (i % 11))
            .prose("What is the main thing that we should do better")
            .text("personEmail", i -> "p%d@example.org".formatted(i))
            .text("submittedAt", i -> "2026-03-%02d 08:00:00".formatted(1 + i % 28))
            .text("surveyName", i -> "Q1 relationship")
            .times("_loaded")
            .propose(RecordKinds.NPS, "_loaded");
    assertThat(found(proposal))
        .containsEntry("feedback_id", "responseUuid")
        .containsEntry("rating", "How likely are you to recommend us? (score)")
        .containsEntry("text", "What is the main thing that we should do better")
        .containsEntry("posted_at", "submittedAt")
        .containsEntry("survey_title", "surveyName");
    assertThat(choice(proposal, "text").level()).isEqualTo("low");
  }

  @Test
  void namesOfOtherLanguages() {
    Proposal portuguese =
        new Table()
            .whole("id_resposta", i -> 5000L + i)
            .whole("nota", i -> (long) (i % 11))
            .prose("comentário")
            .text("data_resposta", i -> "2026-03-%02d".formatted(1 + i % 28))
            .text("idioma", i -> "pt")
            .whole("id_cliente", i -> 10L + i % 60)
            .times("carregado_em")
            .propose(RecordKinds.NPS, "carregado_em");
    assertThat(found(portuguese))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "feedback_id", "id_resposta",
                "rating", "nota",
                "text", "comentário",
                "posted_at", "data_resposta",
                "language", "idioma",
                "author_id", "id_cliente"));
    Proposal german =
        new Table()
            .text("Bewertung-ID", i -> "B" + i)
            .whole("Sterne", i -> 1L + i % 5)
            .prose("Kommentar")
            .times("Erstellt am")
            .text("Kundennummer", i -> "K" + i % 40)
            .times("geladen")
            .propose(RecordKinds.REVIEW, "geladen");
    assertThat(found(german))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "feedback_id", "Bewertung-ID",
                "rating", "Sterne",
                "text", "Kommentar",
                "posted_at", "Erstellt am",
                "author_id", "Kundennummer"));
  }

  @Test
  void aColumnWhoseValuesCannotBeTheFieldIsNotTakenForItsName() {
    Proposal proposal =
        new Table()
            .text("feedback_id", i -> "r" + i)
            .whole("text", i -> (long) i)
            .prose("verbatim")
            .whole("rating", i -> (long) (i % 101))
            .text("posted_at", i -> "last week")
            .times("event")
            .times("updated_at")
            .propose(RecordKinds.REVIEW, "updated_at");
    assertThat(found(proposal))
        .containsEntry("text", "verbatim")
        .containsEntry("posted_at", "event")
        .doesNotContainKey("rating");
    assertThat(proposal.mapping().unused()).containsExactly("rating");
    assertThat(choice(proposal, "rating").reason())
        .contains("rating is called so, but holds only 5 % between 1 and 5");
    assertThat(proposal.block()).containsEntry("rating", Optional.empty());
  }

  @Test
  void ratingsOfSatisfactionTellTheirScale() {
    Proposal seven = csat(i -> 1L + i % 7);
    assertThat(seven.scale()).contains(new Domain.Range(1, 7));
    assertThat(found(seven)).containsEntry("rating", "score");
    assertThat(csat(i -> 1L + i % 5).scale()).isEmpty();
    Proposal hundred = csat(i -> (long) (i % 101));
    assertThat(hundred.scale()).contains(new Domain.Range(0, 100));
    Proposal none = csat(i -> 1000L * i);
    assertThat(none.scale()).isEmpty();
    assertThat(found(none)).doesNotContainKey("rating");
  }

  private static Proposal csat(IntFunction<Object> scores) {
    return new Table()
        .text("feedback_id", i -> "r" + i)
        .whole("score", scores)
        .times("posted_at")
        .times("updated_at")
        .propose(RecordKinds.CSAT, "updated_at");
  }

  @Test
  void truthsTellWhoWrote() {
    Proposal proposal =
        new Table()
            .whole("case_id", i -> 5L + i / 3)
            .whole("message_no", i -> (long) (i % 3))
            .prose("content")
            .with("incoming", Shape.TRUTH, i -> i % 2 == 0)
            .times("sent_at")
            .times("updated_at")
            .propose(RecordKinds.SUPPORT_TICKET, "updated_at");
    assertThat(proposal.mapping().of("author_type"))
        .contains(Origin.of("incoming").meaning(Map.of("true", "customer", "false", "agent")));
  }

  @Test
  void accountsAndUsers() {
    assertThat(
            found(
                new Table()
                    .whole("company_id", i -> (long) i)
                    .text("company_name", i -> "Acme " + (char) ('A' + i % 26) + " Ltd")
                    .with("customer_since", Shape.DATE, i -> LocalDate.of(2020, 1, 1))
                    .text("plan", i -> "pro")
                    .times("updated_at")
                    .propose(RecordKinds.ACCOUNT, "updated_at")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "account_id", "company_id",
                "name", "company_name",
                "created_at", "customer_since"));
    assertThat(
            found(
                new Table()
                    .text("id", i -> "u" + i)
                    .text("full_name", i -> "Ana Souza")
                    .text("org_id", i -> "o" + i % 9)
                    .times("updated_at")
                    .propose(RecordKinds.USER, "updated_at")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("author_id", "id", "name", "full_name", "account_id", "org_id"));
  }

  @Test
  void whatTheFileSaysIsKept() {
    Table table =
        new Table()
            .text("id", i -> "r" + i)
            .prose("comment")
            .prose("internal_note")
            .whole("rating", i -> 1L + i % 5)
            .times("updated_at");
    Feed feed =
        Table.feed(RecordKinds.REVIEW, "updated_at")
            .mapped(
                new Mapping(
                    new TreeMap<>(Map.of("text", Origin.of("internal_note"))), Set.of("rating")));
    Proposal proposal = Proposal.of(feed, table.sample());
    assertThat(found(proposal))
        .containsEntry("text", "internal_note")
        .doesNotContainKey("rating")
        .containsEntry("feedback_id", "id");
    assertThat(proposal.mapping().unused()).containsExactly("rating");
  }

  @Test
  void whatIsMissingIsSaidWithWhatItCosts() {
    Proposal proposal =
        new Table()
            .whole("rating", i -> (long) (i % 11))
            .whole("wave", i -> 3L)
            .propose(RecordKinds.NPS, "updated_at");
    List<Gap> gaps = Gap.of(proposal.mapped(), proposal.columns());
    assertThat(gaps)
        .filteredOn(Gap::blocks)
        .singleElement()
        .satisfies(gap -> {
          assertThat(gap.label()).isEqualTo("feedback_id");
          assertThat(gap.cost()).isEqualTo("no row can be told from another");
        });
    assertThat(gaps).extracting(Gap::label).contains("posted_at", "account_id", "text");
  }

  @Test
  void noColumnIsUsedTwiceAndHostileNamesAreNames() {
    Proposal proposal =
        new Table()
            .text("`feedback id`; DROP TABLE x", i -> "r" + i)
            .prose("co\"mment'\\")
            .text("  ", i -> "x")
            .text("💥", i -> "y")
            .times("updated_at")
            .propose(RecordKinds.REVIEW, "updated_at");
    assertThat(found(proposal))
        .containsEntry("feedback_id", "`feedback id`; DROP TABLE x")
        .containsEntry("text", "co\"mment'\\");
    assertThat(found(proposal).values()).doesNotHaveDuplicates();
  }

  @Test
  void aTableWithoutRowsIsMappedByNames() {
    Table table = new Table();
    table.text("review_id", i -> null).text("body", i -> null).text("created_at", i -> null);
    Proposal proposal = table.propose(RecordKinds.REVIEW, "created_at");
    assertThat(found(proposal))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("feedback_id", "review_id", "text", "body", "posted_at", "created_at"));
  }

  private static Map<String, String> found(Proposal proposal) {
    Map<String, String> found = new HashMap<>();
    for (Choice choice : proposal.choices()) {
      choice.origin().ifPresent(origin -> found.put(choice.field().name(), origin.column()));
    }
    return found;
  }

  private static Choice choice(Proposal proposal, String field) {
    return proposal.choices().stream()
        .filter(choice -> choice.field().name().equals(field))
        .findFirst()
        .orElseThrow();
  }
}
