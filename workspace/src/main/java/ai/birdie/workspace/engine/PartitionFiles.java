package ai.birdie.workspace.engine;

import java.io.Serializable;
import java.util.List;

/**
 * What one task wrote.
 *
 * @param partition which part of the rows it had
 * @param files in order
 * @param cut whether rows were left unwritten
 */
record PartitionFiles(int partition, List<ChunkFile> files, boolean cut) implements Serializable {
  /**
   * One file.
   *
   * @param name in the result's folder
   * @param rows in it
   * @param bytes of its rows, uncompressed
   */
  record ChunkFile(String name, long rows, long bytes) implements Serializable {}
}
