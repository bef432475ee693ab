package ai.birdie.app.demo;

import ai.birdie.app.local.WorkspaceAccess;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Connection files for the sample tables of a local workspace, as an administrator writes them. */
public final class SampleConnections {

  private static final String REFERENCE_TABLE = "product";

  private final WorkspaceAccess access;
  private final JsonMapper mapper =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public SampleConnections(WorkspaceAccess access) {
    this.access = access;
  }

  /** Writes a file for each kind's table, and one for the reference table, into a folder. */
  public List<Path> write(Path folder) {
    List<Path> files = new ArrayList<>();
    for (RecordKind kind : RecordKinds.all()) {
      files.add(
          kind.asItIs()
              ? write(folder, REFERENCE_TABLE, kind, Map.of("key", List.of("product_id")))
              : write(folder, kind.id(), kind, Map.of()));
    }
    return files;
  }

  private Path write(Path folder, String table, RecordKind kind, Map<String, Object> ingestion) {
    Map<String, Object> file = new LinkedHashMap<>();
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("method", "oauth");
    auth.put("client_id", access.clientId());
    auth.put("client_secret", access.clientSecret());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("host", access.host());
    details.put("warehouse_id", access.warehouseId());
    details.put("auth", auth);
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("catalog", "main");
    source.put("schema", "feedback");
    source.put("table", table);
    source.put("partition_column", "updated_at");
    file.put("connection_details", details);
    file.put("data_source", source);
    file.put("metadata", Map.of("data_kind", kind.displayName()));
    if (!ingestion.isEmpty()) {
      file.put("ingestion", ingestion);
    }
    try {
      return Files.writeString(folder.resolve(table + ".json"), mapper.writeValueAsString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
