package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Securable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The functions that CREATE FUNCTION made, by their names.
 *
 * <p>Thread-safe; every change is handed on before the method returns.
 */
public final class Routines {
  /**
   * A function of one SQL expression.
   *
   * @param parameters their names and types, as CREATE FUNCTION lists them; may be empty
   * @param returns the type of its value
   * @param body the expression
   */
  public record Routine(String parameters, String returns, String body) {
    /** How many arguments it takes. */
    public int arity() {
      return columns().length();
    }

    StructType columns() {
      if (parameters.isBlank()) {
        return new StructType();
      }
      try {
        return CatalystSqlParser$.MODULE$.parseTableSchema(parameters);
      } catch (Exception e) {
        // Scala throws checked exceptions without declaring them.
        throw SparkTables.unchecked(e);
      }
    }

    DataType type() {
      try {
        return CatalystSqlParser$.MODULE$.parseDataType(returns);
      } catch (Exception e) {
        throw SparkTables.unchecked(e);
      }
    }
  }

  private final SortedMap<String, Routine> routines;
  private final Consumer<SortedMap<String, Routine>> onChange;

  Routines(SortedMap<String, Routine> routines, Consumer<SortedMap<String, Routine>> onChange) {
    this.routines = new TreeMap<>(routines);
    this.onChange = onChange;
  }

  /** The function of that name. */
  public synchronized Optional<Routine> named(Securable function) {
    return Optional.ofNullable(routines.get(function.fullName()));
  }

  /** Sets what a name stands for. */
  public synchronized void put(Securable function, Routine routine) {
    routines.put(function.fullName(), routine);
    onChange.accept(routines);
  }

  /** Forgets a function; whether there was one. */
  public synchronized boolean remove(Securable function) {
    boolean removed = routines.remove(function.fullName()) != null;
    if (removed) {
      onChange.accept(routines);
    }
    return removed;
  }

  /** Forgets the functions of a schema or a catalog that is gone. */
  synchronized void forgetIn(Securable gone) {
    if (routines.keySet().removeIf(gone::isAbove)) {
      onChange.accept(routines);
    }
  }

  /** The names of a schema's functions. */
  public synchronized List<String> in(Securable schema) {
    String prefix = schema.fullName() + ".";
    return routines.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  /** Whether there is none at all. */
  synchronized boolean isEmpty() {
    return routines.isEmpty();
  }
}
