package ai.birdie.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.testkit.TestFeeds;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunRecorderTest {

  private static final Feed FEED = TestFeeds.reviews("reviews", "reviews");

  private final RunRecorder recorder = new RunRecorder(RunListener.NONE);

  @Test
  void reportsWhatWasWarnedOfOnTheWayToAFeedAndThenNoMore() {
    recorder.warning("of the table");
    recorder.warning("of the feed");

    assertThat(recorder.report(FEED).warnings()).containsExactly("of the table", "of the feed");
    assertThat(recorder.report(FEED)).isEqualTo(RunReport.empty(FEED, List.of()));
  }

  @Test
  void losesNoWarningOfManyThreads() {
    List<String> warnings = IntStream.range(0, 100_000).mapToObj(String::valueOf).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      warnings.forEach(warning -> threads.execute(() -> recorder.warning(warning)));
    }

    List<String> reported = recorder.report(FEED).warnings();
    assertThat(reported).hasSize(warnings.size());
    assertThat(Set.copyOf(reported)).isEqualTo(Set.copyOf(warnings));
  }
}
