package ai.birdie.databricks.statement;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.http.Lookup;
import ai.birdie.databricks.http.WorkspaceClient;
import java.util.ArrayList;
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

  /** What the history does not show by then, after so many statements, never ran or has ended. */
  private static final int MOST_LOOKS = 5;

  private final WorkspaceClient workspace;
  private final String warehouseId;
  private final Consumer<String> cancel;
  private final Map<String, Lost> lost = new HashMap<>();
  private boolean refused;

  /** Looks in the history of one warehouse, and has {@code cancel} end what it finds. */
  Orphans(WorkspaceClient workspace, String warehouseId, Consumer<String> cancel) {
    this.workspace = workspace;
    this.warehouseId = warehouseId;
    this.cancel = cancel;
  }

  /** A submission of which answers were lost. */
  private static final class Lost {

    private final Set<String> known = new HashSet<>();
    private int answers;
    private int looks;
  }

  /** An answer to that submission was lost. */
  synchronized void lost(String submission) {
    lost.computeIfAbsent(submission, absent -> new Lost()).answers++;
  }

  /** That statement of the submission's is the one that is read. */
  synchronized void keep(String submission, String id) {
    Optional.ofNullable(lost.get(submission)).ifPresent(of -> of.known.add(id));
  }

  /**
   * Cancels what the history shows by now of submissions whose answers were lost. The history may
   * be late, and not everybody may read it, so that nothing depends on it; it is asked about each
   * of them a few times only.
   */
  void end() {
    if (isDue()) {
      look();
    }
  }

  /** As {@link #end}, for the last time, and of all of them. */
  void endLast() {
    if (isAny()) {
      look();
    }
    forget();
  }

  private synchronized boolean isDue() {
    boolean due = false;
    for (Lost each : lost.values()) {
      due |= each.looks++ < MOST_LOOKS;
    }
    return due && !refused;
  }

  private synchronized boolean isAny() {
    return !lost.isEmpty() && !refused;
  }

  private synchronized void forget() {
    lost.clear();
  }

  private synchronized void refused() {
    refused = true;
  }

  private void look() {
    Call call =
        new Call(
            "GET",
            RUNNING + warehouseId,
            Optional.empty(),
            Call.Repeat.NEVER,
            "look for a lost statement");
    try {
      Lookup answer = workspace.look(call);
      if (answer instanceof Lookup.Found found) {
        Wire.History history = workspace.read(found.answer(), Wire.History.class, call.purpose());
        running(history).forEach(cancel);
      } else if (answer instanceof Lookup.Hidden) {
        refused();
      }
    } catch (AccessException e) {
      refused();
    } catch (BirdieException e) {
      // the warehouse ends them by itself, later
    }
  }

  private synchronized List<String> running(Wire.History history) {
    List<String> ids = new ArrayList<>();
    for (Wire.Ran ran : Objects.requireNonNullElse(history.res(), List.<Wire.Ran>of())) {
      String id = ran.queryId();
      Lost of = lost.get(submission(ran));
      if (id != null && of != null && of.known.add(id)) {
        of.answers--;
        ids.add(id);
      }
    }
    lost.values().removeIf(of -> of.answers <= 0);
    return ids;
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
