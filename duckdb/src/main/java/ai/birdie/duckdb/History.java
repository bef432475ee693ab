package ai.birdie.duckdb;

/**
 * One loading of a feed, from its start on, into one landing table.
 *
 * @param fingerprint the feed as it was when the loading began
 */
record History(long id, String feed, String kind, String fingerprint, State state) {

  /** Where landing tables lie. */
  static final String SCHEMA = "landing";

  /** Whether the views show it. */
  enum State {
    CURRENT,
    LOADING
  }

  /** The landing table's name, unquoted, in {@link #SCHEMA}. */
  String landingTable() {
    return feed + "." + id;
  }

  /** The name, unquoted, of the table for sound versions behind those that are not. */
  String retainedTable() {
    return feed + ".retained." + id;
  }

  /** The landing table, qualified and quoted. */
  String landing() {
    return SCHEMA + "." + Sql.name(landingTable());
  }
}
