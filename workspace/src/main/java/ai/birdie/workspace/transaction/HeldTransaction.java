package ai.birdie.workspace.transaction;

import ai.birdie.workspace.catalog.HeldCommit;
import ai.birdie.workspace.statement.Outcome;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A statement whose commit is held.
 *
 * @param id by which it is committed or rolled back
 * @param statement its text
 * @param since when it began, by the workspace's clock; what its current_timestamp() is
 * @param commit what it waits at
 * @param outcome what it comes to
 */
public record HeldTransaction(
    String id,
    String statement,
    Instant since,
    HeldCommit commit,
    CompletableFuture<Outcome> outcome) {}
