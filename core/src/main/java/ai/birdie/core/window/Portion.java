package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.receipt.Total;

/** What the source holds of an interval. */
public record Portion(Interval interval, Total total) {

  public Portion {
    requireNonNull(interval);
    requireNonNull(total);
  }
}
