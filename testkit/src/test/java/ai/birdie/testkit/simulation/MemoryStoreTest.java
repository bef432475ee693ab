package ai.birdie.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Store;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.VersionContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends VersionContract {

  private final MemoryStore memory = new MemoryStore(InstantSource.fixed(Instant.EPOCH));

  @Override
  protected Store open() {
    return memory;
  }

  @Override
  protected List<FeedbackRow> held(Feed feed) {
    return memory.rows(feed).stream().filter(Predicate.not(this::keyless)).toList();
  }

  @Override
  protected List<FeedbackRow> quarantined(Feed feed) {
    return memory.rows(feed).stream().filter(this::keyless).toList();
  }

  @Test
  void verifiesReceiptsByWhatIsHeld() {
    land(FEED, range(1, 0, 100), rows("a", 9));
    land(FEED, range(2, 0, 100), List.of(FeedbackRow.of("a1", "changed", 2, 99)));
    assertThat(memory.unbalanced(FEED)).isEmpty();

    memory.history(FEED).rows().remove(new Identity.Keyed("a2"));

    assertThat(memory.unbalanced(FEED)).containsExactly(1L);
  }

  private boolean keyless(FeedbackRow row) {
    return row.id().filter(key -> !key.isBlank()).isEmpty();
  }
}
