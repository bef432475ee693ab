package ai.birdie.app.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class Common {

  private static final String DEFAULT_HOME = ".birdie";

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The store's folder; else BIRDIE_HOME, else .birdie here.")
  @Nullable Path home;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  boolean json;

  Path home(Map<String, String> environment) {
    if (home != null) {
      return home;
    }
    return Path.of(environment.getOrDefault("BIRDIE_HOME", DEFAULT_HOME));
  }
}
