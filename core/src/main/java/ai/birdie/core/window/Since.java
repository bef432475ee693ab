package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.receipt.Total;
import java.util.List;

/** What a table says has become of its rows since a version of it. */
public sealed interface Since {

  /**
   * By its change data feed.
   *
   * @param commits those that changed rows of the feed, oldest first
   */
  record Changes(List<Commit> commits) implements Since {

    public Changes {
      commits = List.copyOf(commits);
    }
  }

  /**
   * One commit's events.
   *
   * @param events how many they are, and the sum of their rows' hashes: those of rows that came,
   *     less those of rows that went
   */
  record Commit(TableVersion version, Total events) {

    public Commit {
      requireNonNull(version);
      requireNonNull(events);
    }
  }

  /**
   * By its row tracking.
   *
   * @param written the rows that were written since, and are still there
   * @param present how many rows the feed has in all
   */
  record Tracked(Total written, long present) implements Since {

    public Tracked {
      requireNonNull(written);
    }
  }
}
