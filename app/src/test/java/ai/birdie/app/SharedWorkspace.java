package ai.birdie.app;

import ai.birdie.app.local.AdministratorSql;
import ai.birdie.app.local.LocalWorkspace;
import ai.birdie.app.local.WorkspaceAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * One local workspace for all tests that change nothing but tables of their own; it starts with the
 * first of them, and ends with the last.
 */
public final class SharedWorkspace implements ParameterResolver {

  /** The running workspace, and what tests do with it. */
  public record Lake(LocalWorkspace workspace, AdministratorSql sql) implements AutoCloseable {

    public static Lake start(List<String> options) {
      LocalWorkspace workspace = LocalWorkspace.start(Birdie.ROOT, options);
      return new Lake(workspace, new AdministratorSql(workspace.access()));
    }

    /** As {@link #start}, and whatever tests put into {@code main.feedback} may be read. */
    public static Lake open(List<String> options) {
      Lake lake = start(options);
      lake.sql.run(
          "GRANT SELECT ON SCHEMA main.feedback TO `" + lake.workspace.access().clientId() + "`");
      return lake;
    }

    /** Writes a connection file for a table of {@code main.feedback}. */
    public Path connect(Path folder, String table, String kind, Map<String, Object> ingestion) {
      return connect(folder, table, kind, ingestion, workspace.access());
    }

    public static Path connect(
        Path folder,
        String table,
        String kind,
        Map<String, Object> ingestion,
        WorkspaceAccess access) {
      Map<String, Object> file =
          Map.of(
              "connection_details",
              Map.of(
                  "host",
                  access.host(),
                  "warehouse_id",
                  access.warehouseId(),
                  "auth",
                  Map.of(
                      "method",
                      "oauth",
                      "client_id",
                      access.clientId(),
                      "client_secret",
                      access.clientSecret())),
              "data_source",
              Map.of(
                  "catalog",
                  "main",
                  "schema",
                  "feedback",
                  "table",
                  table,
                  "partition_column",
                  "updated_at"),
              "metadata",
              Map.of("data_kind", kind),
              "ingestion",
              ingestion);
      try {
        return Files.writeString(
            folder.resolve(table + ".json"), JsonMapper.shared().writeValueAsString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      sql.close();
      workspace.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lake.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedWorkspace.class))
        .computeIfAbsent(
            Lake.class,
            key -> Lake.open(List.of("--rows", "300", "--chunk-rows", "1000")),
            Lake.class);
  }
}
