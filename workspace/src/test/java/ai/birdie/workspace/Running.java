package ai.birdie.workspace;

import ai.birdie.workspace.clock.WorkspaceClock;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One workspace for all tests of the process: there can be but one Spark in it. */
final class Running implements ParameterResolver {
  static final int ROWS = 1000;
  static final int CHUNK_ROWS = 150;

  private record Shared(Workspace workspace, WorkspaceClock clock) implements AutoCloseable {
    @Override
    public void close() {
      workspace.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Client.class || type == WorkspaceClock.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Shared shared =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(Running.class))
            .computeIfAbsent("workspace", key -> start(), Shared.class);
    return parameter.getParameter().getType() == WorkspaceClock.class
        ? shared.clock()
        : new Client(shared.workspace().host(), shared.workspace().credentials());
  }

  private static Shared start() {
    WorkspaceClock clock = new WorkspaceClock(InstantSource.system());
    Options options =
        Options.parse(
            List.of(
                "--rows", Integer.toString(ROWS), "--chunk-rows", Integer.toString(CHUNK_ROWS)));
    try {
      return new Shared(Workspace.start(options, clock), clock);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
