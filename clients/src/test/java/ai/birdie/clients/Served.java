package ai.birdie.clients;

import ai.birdie.testkit.LocalWorkspace;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One workspace, a process of its own, for all tests of this module. */
final class Served implements ParameterResolver {
  static final int ROWS = 500;
  static final int CHUNK_ROWS = 100;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalWorkspace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Served.class))
        .computeIfAbsent("workspace", key -> start(), LocalWorkspace.class);
  }

  private static LocalWorkspace start() {
    return LocalWorkspace.start(
        "--rows", Integer.toString(ROWS), "--chunk-rows", Integer.toString(CHUNK_ROWS));
  }
}
