package ai.birdie.app.cli;

import ai.birdie.app.config.Connection;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The connection files of a command that works on the feeds of several. */
final class FeedFiles {

  @Mixin private final LocalOption local = new LocalOption();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Connection files.")
  private List<Path> files = List.of();

  /**
   * What the files say; their warnings are printed.
   *
   * @throws ConfigException if one is wrong, or two of them name one feed
   */
  List<Connection> connections(Session session) {
    List<Connection> connections = new ArrayList<>();
    for (Path file : files) {
      connections.add(session.connection(file, local.hosts()));
    }
    refuseTwins(connections);
    connections.forEach(c -> c.warnings().forEach(w -> session.note("birdie: " + w)));
    return connections;
  }

  /** Two feeds of one name would take each other's place in the store. */
  private static void refuseTwins(List<Connection> connections) {
    Set<String> names = new HashSet<>();
    for (Connection connection : connections) {
      for (Feed feed : connection.feeds()) {
        if (!names.add(feed.name().toLowerCase(Locale.ROOT))) {
          throw new ConfigException(
              "Two of the files name the feed "
                  + feed.name()
                  + "; "
                  + connection.file()
                  + " is one.",
              "Give each its own name by ingestion.name.");
        }
      }
    }
  }
}
