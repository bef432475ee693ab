package ai.birdie.core.feed;

/** In which order a run reads what was never read. */
public enum Order {
  /** From the smallest cursor on. */
  OLDEST,
  /** From the source's clock backwards, so that what is recent is there first. */
  NEWEST
}
