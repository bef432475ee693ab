package ai.birdie.databricks.statement;

/**
 * Which rows of a result a part of it holds.
 *
 * @param index the chunk's number, from 0
 * @param rowOffset its first row's number
 * @param rowCount how many rows it has
 * @param byteCount about how large it is; servers differ on what they count
 */
public record Chunk(int index, long rowOffset, long rowCount, long byteCount) {}
