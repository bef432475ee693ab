package ai.birdie.app.cli;

import ai.birdie.app.config.HostRule;
import picocli.CommandLine.Option;

/** Whether a workspace on this machine may be named. */
final class LocalOption {

  @Option(
      names = "--local",
      description =
          "Allow a workspace on this machine by plain http, as birdie workspace serves it.")
  private boolean local;

  HostRule hosts() {
    return local ? HostRule.LOCAL : HostRule.PUBLIC;
  }
}
