package ai.birdie.workspace.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** {@link HostFiles}, for what asks Hadoop for a {@code FileContext}. Made by Hadoop. */
public final class HostFileContext extends DelegateToFileSystem {
  private static final int NO_PORT = -1;

  /** Called by Hadoop. */
  public HostFileContext(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
    super(uri, new HostFiles(), hadoop, "file", false);
  }

  @Override
  public int getUriDefaultPort() {
    return NO_PORT;
  }

  @Override
  public boolean isValidName(String name) {
    return true; // as in Hadoop's own for local files
  }
}
