package ai.birdie.workspace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class HeldCommitTest {
  private final HeldCommit commit = new HeldCommit();

  @Test
  void whatWasLetGoCannotBeAbandoned() {
    commit.release();
    assertThat(commit.abandon()).isFalse();
    assertThatCode(commit::pass).doesNotThrowAnyException();
  }

  @Test
  void whatWasAbandonedStaysSo() {
    assertThat(commit.abandon()).isTrue();
    commit.release();
    assertThat(commit.abandon()).isTrue();
    assertThatThrownBy(commit::pass).isInstanceOf(IOException.class);
  }
}
