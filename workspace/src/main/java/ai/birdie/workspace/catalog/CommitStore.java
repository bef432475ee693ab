package ai.birdie.workspace.catalog;

import io.delta.storage.LocalLogStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where Delta writes its commits: to local files that bear the workspace's time. Delta takes a
 * file's time for the commit's, in a table's history and wherever a version is asked for by time.
 *
 * <p>Made by Delta. Thread-safe.
 */
public final class CommitStore extends LocalLogStore {
  /** The setting of Hadoop's that names the metastore. */
  public static final String OPTION = "workspace.metastore";

  private static final String COMMIT_INFO = "{\"commitInfo\":";

  private final Commits commits;

  /** Called by Delta. */
  public CommitStore(Configuration hadoop) {
    super(hadoop);
    this.commits = Metastores.named(hadoop.get(OPTION, "")).commits();
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    if (overwrite) {
      super.write(path, actions, true, hadoop);
    } else {
      if (isCommit(path)) {
        commits.pass();
      }
      commits.made(create(java.nio.file.Path.of(path.toUri().getPath()), actions));
    }
  }

  private static boolean isCommit(Path path) {
    return path.getName().matches("\\d{20}\\.json");
  }

  /**
   * The file appears whole, and with its time, or not at all.
   *
   * @return what it says of the commit itself; empty where it says nothing
   */
  private String create(java.nio.file.Path file, Iterator<String> actions) throws IOException {
    String commitInfo = "";
    java.nio.file.Path next = Files.createTempFile(file.getParent(), ".commit-", ".tmp");
    try {
      try (BufferedWriter out = Files.newBufferedWriter(next)) {
        while (actions.hasNext()) {
          String action = actions.next();
          commitInfo = action.startsWith(COMMIT_INFO) ? action : commitInfo;
          out.write(action);
          out.write('\n');
        }
      }
      synchronized (commits) {
        if (Files.exists(file)) {
          throw new FileAlreadyExistsException(file.toString());
        }
        Files.setLastModifiedTime(next, FileTime.from(commits.time()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return commitInfo;
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
