package ai.birdie.bench.ingest;

import tools.jackson.databind.json.JsonMapper;

/**
 * What a contender prints last.
 *
 * @param rows how many rows it read
 * @param aheadMib the most that had been sent and not yet been decoded, where it looked
 */
record Counted(long rows, long aheadMib) {

  void print() {
    System.out.println(JsonMapper.shared().writeValueAsString(this));
  }
}
