package ai.birdie.workspace.catalog;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a catalog that Spark made finds its workspace. Spark makes catalogs itself, from the name
 * of a class and a map of texts, so an object can reach them only by a name: this is the one place
 * with state that belongs to the class.
 */
public final class Metastores {
  /** The catalog option that names the metastore. */
  public static final String OPTION = "metastore";

  private static final Map<String, Metastore> OPEN = new ConcurrentHashMap<>();

  private Metastores() {}

  /** Makes a metastore known. */
  public static void add(String id, Metastore metastore) {
    OPEN.put(id, metastore);
  }

  /** Forgets it. */
  public static void remove(String id) {
    OPEN.remove(id);
  }

  static Metastore named(String id) {
    Metastore metastore = OPEN.get(id);
    if (metastore == null) {
      throw new IllegalStateException("no workspace has the metastore " + id);
    }
    return metastore;
  }
}
