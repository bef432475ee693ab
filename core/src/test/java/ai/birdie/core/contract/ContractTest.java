package ai.birdie.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.RecordKinds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractTest {

  private static final Feed TICKETS =
      new Feed(
          "tickets",
          "test.cloud.databricks.com",
          new TableName(Optional.of("main"), "voc", "tickets"),
          RecordKinds.SUPPORT_TICKET,
          RecordKinds.SUPPORT_TICKET.key(),
          new Cursor("updated_at", Optional.empty(), Optional.empty()),
          Optional.empty(),
          Optional.empty(),
          Duration.ofHours(1),
          Duration.ZERO,
          1_000);

  @Test
  void namesTheKeyAsTheTableSpellsIt() {
    Contract contract = Contract.of(TICKETS, List.of("Message_Id", "text", "CONVERSATION_ID"));
    assertThat(contract.key().columns()).containsExactly("CONVERSATION_ID", "Message_Id");
  }

  @Test
  void knowsAConversationWithoutMessagesByItsOwnId() {
    Contract contract = Contract.of(TICKETS, List.of("conversation_id", "text"));
    assertThat(contract.key().columns()).containsExactly("conversation_id");
  }

  @Test
  void refusesATableThatLacksTheKey() {
    assertThatThrownBy(() -> Contract.of(TICKETS, List.of("message_id", "text")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("main.voc.tickets has no column conversation_id");
  }
}
