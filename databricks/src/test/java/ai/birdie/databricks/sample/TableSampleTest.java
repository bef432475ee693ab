package ai.birdie.databricks.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.databricks.sql.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableSampleTest {

  private static final List<Optional<String>> COUNTS =
      List.of(Optional.of("3"), Optional.of("2"), Optional.empty());

  @Test
  void saysHowManyValuesDifferOnlyWhereThatCanBeTold() {
    TableSample sample = sample(COUNTS);
    assertThat(sample.counted()).isEqualTo(3);
    assertThat(sample.columns().get(0).present()).isEqualTo(2);
    assertThat(sample.columns().get(0).different()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void takesNoCountForNone(int column) {
    List<Optional<String>> counts = new ArrayList<>(COUNTS);
    counts.set(column, Optional.empty());
    assertThatThrownBy(() -> sample(counts)).isInstanceOf(IncompleteException.class);
  }

  private static TableSample sample(List<Optional<String>> counts) {
    return TableSample.of(
        List.of(new Column("tags", "ARRAY<INT>")), counts, List.of(), "look at t");
  }
}
