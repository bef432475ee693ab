package ai.birdie.core.contract;

import ai.birdie.core.feed.Feed;
import java.util.List;

/** The rules that a feed's rows must satisfy; a row that breaks one is quarantined whole. */
public record Contract(List<Rule> rules) {

  public Contract {
    rules = List.copyOf(rules);
  }

  /** The contract of {@code feed}, by its kind and key. */
  public static Contract of(Feed feed) {
    return new Contract(List.of(new Rule.KeyPresent(feed.key())));
  }
}
