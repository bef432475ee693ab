package ai.birdie.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void partsHoldEachRowOnceHoweverTheyAreCut(long seed) {
    Random random = new Random(seed);
    List<Slice> slices = new ArrayList<>(List.of(Slice.WHOLE));
    for (int cut = 0; cut < 4; cut++) {
      int at = random.nextInt(slices.size());
      List<Slice> parts = slices.remove(at).in(2 + random.nextInt(3));
      slices.addAll(at, parts);
    }
    for (int hash = 0; hash < 1_000; hash++) {
      int row = hash;
      assertThat(slices)
          .as("seed %d, hash %d", seed, hash)
          .filteredOn(slice -> row % slice.count() == slice.index())
          .hasSize(1);
    }
    assertThat(IntStream.range(0, slices.size()).filter(i -> slices.get(i).isLast()))
        .as("seed %d: only the last one in order is last", seed)
        .containsExactly(slices.size() - 1);
  }

  @Test
  void isNotCutForEver() {
    Slice slice = Slice.WHOLE;
    for (int cut = 0; cut < 7; cut++) {
      slice = slice.in(4).get(3);
    }
    assertThat(slice.isLast()).isTrue();
    assertThat(slice.in(4)).isEmpty();
  }

  @Test
  void refusesWhatIsNoSlice() {
    assertThatThrownBy(() -> new Slice(2, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Slice(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
