package ai.birdie.databricks.statement;

import ai.birdie.core.error.BirdieException;
import ai.birdie.databricks.http.Answer;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.http.WorkspaceClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Statements that may run although the answer to their submission was lost: the API has no key by
 * which a repeated submission would be known for one [databricks-api.md, 1.2]. They are found in
 * the warehouse's query history by their tag, and cancelled. Safe for use by many threads.
 */
final class Orphans {

  /** The tag that tells one submission, with its repetitions, from all others. */
  static final String TAG = "birdie_submission";

  private static final String RUNNING =
      "/api/2.0/sql/history/queries?max_results=100"
          + "&filter_by.statuses=QUEUED&filter_by.statuses=STARTED"
          + "&filter_by.statuses=COMPILING&filter_by.statuses=COMPILED"
          + "&filter_by.statuses=RUNNING&filter_by.warehouse_ids=";

  private final WorkspaceClient workspace;
  private final String warehouseId;
  private final Consumer<String> cancel;
  private final Map<String, Set<String>> kept = new HashMap<>();

  /** Looks in the history of one warehouse, and has {@code cancel} end what it finds. */
  Orphans(WorkspaceClient workspace, String warehouseId, Consumer<String> cancel) {
    this.workspace = workspace;
    this.warehouseId = warehouseId;
    this.cancel = cancel;
  }

  /** An answer to that submission was lost. */
  synchronized void lost(String submission) {
    kept.computeIfAbsent(submission, absent -> new HashSet<>());
  }

  /** That statement of the submission's is the one that is read. */
  synchronized void keep(String submission, String id) {
    kept.computeIfPresent(
        submission,
        (key, ids) -> {
          ids.add(id);
          return ids;
        });
  }

  /**
   * Cancels what the history shows by now of submissions whose answers were lost. The history may
   * be late, and not everybody may read it, so that nothing depends on it.
   */
  synchronized void end() {
    if (kept.isEmpty()) {
      return;
    }
    try {
      Call call =
          new Call(
              "GET",
              RUNNING + warehouseId,
              Optional.empty(),
              Call.Repeat.NEVER,
              "look for a lost statement");
      workspace.find(call).ifPresent(this::end);
    } catch (BirdieException e) {
      // the warehouse ends them by itself, later
    }
  }

  private void end(Answer answer) {
    Wire.History history = workspace.read(answer, Wire.History.class, "look for a lost statement");
    for (Wire.Ran ran : Objects.requireNonNullElse(history.res(), List.<Wire.Ran>of())) {
      String id = ran.queryId();
      Set<String> others = kept.get(submission(ran));
      if (id != null && others != null && others.add(id)) {
        cancel.accept(id);
      }
    }
  }

  private static @Nullable String submission(Wire.Ran ran) {
    for (Wire.Tag tag : Objects.requireNonNullElse(ran.queryTags(), List.<Wire.Tag>of())) {
      if (TAG.equals(tag.key())) {
        return tag.value();
      }
    }
    return null;
  }
}
