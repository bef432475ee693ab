package ai.birdie.core.kind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKindsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"support_ticket", "Support Ticket", " SUPPORT  TICKET ", "support-ticket"})
  void knowsAKindByIdOrDisplayNameInAnySpelling(String name) {
    assertThat(RecordKinds.named(name)).contains(RecordKinds.SUPPORT_TICKET);
  }

  @Test
  void doesNotGuess() {
    assertThat(RecordKinds.named("ticket")).isEmpty();
  }

  @Test
  void givesEveryKindItsOwnIdAndEachFieldOfAKindItsOwnName() {
    assertThat(RecordKinds.all()).extracting(RecordKind::id).doesNotHaveDuplicates();
    for (RecordKind kind : RecordKinds.all()) {
      assertThat(kind.fields()).as(kind.id()).extracting(Field::name).doesNotHaveDuplicates();
      assertThat(kind.asItIs()).as(kind.id()).isEqualTo(kind.key().isEmpty());
    }
  }
}
