package ai.birdie.workspace.catalog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a name in a schema stands for. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Relation.DeltaTable.class, name = "table"),
  @JsonSubTypes.Type(value = Relation.StoredView.class, name = "view")
})
public sealed interface Relation {

  /**
   * A Delta table; its schema and properties live in its own log.
   *
   * @param location the folder of the table
   */
  record DeltaTable(String location) implements Relation {}

  /** A view: its text, and the setting in which the text was written. */
  record StoredView(
      String text,
      String schemaJson,
      @Nullable String currentCatalog,
      List<String> currentNamespace,
      Map<String, String> sqlConfigs,
      @Nullable String schemaMode,
      List<String> queryColumnNames,
      Map<String, String> properties)
      implements Relation {
    public StoredView {
      currentNamespace = List.copyOf(currentNamespace);
      sqlConfigs = Map.copyOf(sqlConfigs);
      queryColumnNames = List.copyOf(queryColumnNames);
      properties = Map.copyOf(properties);
    }
  }
}
