package ai.birdie.testkit.simulation;

/** What a scenario may have, besides several writers whose clocks differ and who commit late. */
public enum Trait {
  /** A transaction that takes between an hour and a day. */
  LONG_TRANSACTIONS,
  /** Updates that leave the cursor as it was. */
  SILENT_UPDATES,
  DELETES,
  /** A row gets another key, or two rows swap theirs. */
  KEY_UPDATES,
  /** Rows whose cursor is NULL. */
  MISSING_STAMPS,
  /** Rows stamped an hour ahead, or in the year 9999. */
  FUTURE_STAMPS,
  /** Rows stamped up to centuries ago: backfills, and columns that say when something happened. */
  ANCIENT_STAMPS,
  /** Rows without a key, some of them equal. */
  KEYLESS_ROWS,
  /** The source's clock is set forward, or back. */
  CLOCK_JUMPS,
  /** The cursor is a DATE. */
  DATES,
  /** The cursor is a time without a zone, meant in one whose clocks are set back meanwhile. */
  LOCAL_TIME,
  /** The table tells of its last few versions alone. */
  SHORT_HISTORY,
  /** Another table takes the name, with the same rows and no history. */
  REPLACED_TABLE
}
