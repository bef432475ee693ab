package ai.birdie.workspace.statement;

/**
 * A run of rows of a result.
 *
 * @param index from 0
 * @param rowOffset rows in the chunks before
 * @param rowCount rows in this one
 * @param byteCount its uncompressed size
 */
public record Chunk(int index, long rowOffset, long rowCount, long byteCount) {}
