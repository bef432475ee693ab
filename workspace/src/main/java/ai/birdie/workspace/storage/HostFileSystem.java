package ai.birdie.workspace.storage;

import org.apache.hadoop.fs.LocalFileSystem;

/** {@link HostFiles}, for what asks Hadoop for a {@code FileSystem}. Made by Hadoop. */
public final class HostFileSystem extends LocalFileSystem {
  /** Called by Hadoop. */
  public HostFileSystem() {
    super(new HostFiles());
  }
}
