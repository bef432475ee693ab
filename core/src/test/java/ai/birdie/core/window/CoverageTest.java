package ai.birdie.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageTest {

  @Test
  void joinsIntervalsThatTouchAndKeepsTheOthersApart() {
    Coverage coverage =
        Coverage.none()
            .plus(new Interval(30, 40))
            .plus(new Interval(0, 10))
            .plus(new Interval(10, 20));

    assertThat(coverage.intervals()).containsExactly(new Interval(0, 20), new Interval(30, 40));
    assertThat(coverage.watermark()).hasValue(20);
    assertThat(coverage.frontier()).hasValue(40);
    assertThat(coverage.gaps(new Interval(-5, 50)))
        .containsExactly(new Interval(-5, 0), new Interval(20, 30), new Interval(40, 50));
  }

  @Test
  void hasNeitherWatermarkNorFrontierWhileNothingIsCovered() {
    assertThat(Coverage.none().watermark()).isEmpty();
    assertThat(Coverage.none().frontier()).isEmpty();
    assertThat(Coverage.none().gaps(new Interval(1, 2))).containsExactly(new Interval(1, 2));
  }

  @Test
  void refusesAnIntervalThatHoldsNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(5, 5));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithASetOfPositions(long seed) {
    Random random = new Random(seed);
    Coverage coverage = Coverage.none();
    BitSet positions = new BitSet();
    for (int i = 0; i < 40; i++) {
      int from = random.nextInt(200);
      int to = from + 1 + random.nextInt(12);
      coverage = coverage.plus(new Interval(from, to));
      positions.set(from, to);

      BitSet gaps = new BitSet();
      coverage.gaps(new Interval(0, 220)).forEach(g -> gaps.set((int) g.from(), (int) g.to()));
      BitSet expected = (BitSet) positions.clone();
      expected.flip(0, 220);
      assertThat(gaps).as("seed %d, step %d", seed, i).isEqualTo(expected);
      assertThat(coverage.watermark())
          .as("seed %d, step %d", seed, i)
          .hasValue(positions.nextClearBit(positions.nextSetBit(0)));
    }
  }
}
