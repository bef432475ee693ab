package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Probe;
import ai.birdie.databricks.statement.InlineAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProbeAnswerTest {

  private static final Inquiry NOTHING = new Inquiry(Optional.empty(), Optional.empty(), false);
  private static final List<Optional<String>> FEED =
      List.of("feed", "1700000000000000", "7", "3", "2", "1", "9,5").stream()
          .map(Optional::of)
          .toList();

  @Test
  void hasWhatTheProbeSays() {
    Probe probe = probe(FEED);
    assertThat(probe.smallest()).contains(7L);
    assertThat(List.of(probe.withoutCursor(), probe.ahead(), probe.due()))
        .isEqualTo(List.of(3L, 2L, 1L));
    assertThat(probe.quantiles()).containsExactly(5L, 9L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void refusesTextWhereANumberBelongsAndDoesNotRepeatIt(int column) {
    List<Optional<String>> line = new ArrayList<>(FEED);
    line.set(column, Optional.of("canary"));
    assertThatThrownBy(() -> probe(line))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("read t")
        .hasMessageNotContaining("canary");
  }

  private static Probe probe(List<Optional<String>> line) {
    return new ProbeAnswer(new InlineAnswer("s1", List.of(line)), "read t")
        .probe(CursorScale.TIMESTAMP, NOTHING);
  }
}
