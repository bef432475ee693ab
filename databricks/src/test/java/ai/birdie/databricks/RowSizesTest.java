package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Feed;
import ai.birdie.testkit.TestFeeds;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowSizesTest {

  private static final Feed REVIEWS = TestFeeds.reviews("reviews", "review");
  private static final Feed OTHER = TestFeeds.reviews("other", "review");

  @Test
  void downloadsAreCutOnceItIsKnownHowLargeRowsAre() {
    RowSizes sizes = RowSizes.downloaded();
    assertThat(sizes.atOnce(REVIEWS)).isEqualTo(1 << 30);

    sizes.came(REVIEWS, 1_000, 4_096_000);
    assertThat(sizes.atOnce(REVIEWS)).isEqualTo((1 << 30) / 4_096);
    assertThat(sizes.atOnce(OTHER)).as("rows of another feed").isEqualTo(1 << 30);

    sizes.came(REVIEWS, 0, 0);
    assertThat(sizes.atOnce(REVIEWS))
        .as("an empty window says nothing")
        .isEqualTo((1 << 30) / 4_096);
  }

  @Test
  void inlineRowsCountWithWhatJsonPutsAroundThem() {
    RowSizes sizes = RowSizes.inline();
    List<Optional<String>> row = List.of(Optional.of("x".repeat(1_018)), Optional.empty());
    sizes.came(REVIEWS, Collections.nCopies(10, row));
    assertThat(sizes.atOnce(REVIEWS)).isEqualTo((8 << 20) / 1_024);
  }

  @Test
  void whatWasTooMuchIsAQuarterNextTimeAndAtLeastARow() {
    RowSizes sizes = RowSizes.inline();
    long first = sizes.atOnce(REVIEWS);
    sizes.tooMany(REVIEWS);
    assertThat(sizes.atOnce(REVIEWS)).isEqualTo(first / 4);
    for (int i = 0; i < 40; i++) {
      sizes.tooMany(REVIEWS);
    }
    assertThat(sizes.atOnce(REVIEWS)).isEqualTo(1);
  }
}
