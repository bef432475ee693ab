package ai.birdie.databricks.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FailureTest {

  @Test
  void saysWhyByAStateAWordOfOneOrAsABadRequest() {
    assertThat(failure("UNKNOWN", "0A000", "").saysWhy()).isTrue();
    assertThat(failure("UNKNOWN", "", "[X] No. SQLSTATE: 0A000").saysWhy()).isTrue();
    assertThat(failure("BAD_REQUEST", "", "No.").saysWhy()).isTrue();
  }

  @Test
  void doesNotSayWhyByACodeThatSaysNothing() {
    assertThat(failure("UNKNOWN", "", "No.").saysWhy()).isFalse();
    assertThat(failure("UNAUTHENTICATED", "", "No.").saysWhy()).isFalse();
    assertThat(failure("", "", "").saysWhy()).isFalse();
  }

  private static Failure failure(String code, String sqlState, String text) {
    return Failure.of(Optional.of(code), Optional.of(sqlState), Optional.of(text));
  }
}
