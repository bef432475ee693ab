package ai.birdie.databricks.statement;

import java.util.OptionalLong;

/**
 * Which rows of a result a part of it holds.
 *
 * @param index the chunk's number, from 0
 * @param rowOffset its first row's number
 * @param rowCount how many rows it has
 * @param byteCount about how large it is; servers differ on what they count, and need not say it
 */
public record Chunk(int index, long rowOffset, long rowCount, OptionalLong byteCount) {}
