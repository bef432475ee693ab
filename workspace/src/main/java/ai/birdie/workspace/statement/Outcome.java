package ai.birdie.workspace.statement;

/** How running a statement ended, unless it was cancelled. */
public sealed interface Outcome {
  /** With a result. */
  record Succeeded(Result result) implements Outcome {}

  /** With an error of the statement's own. */
  record Failed(Failure failure) implements Outcome {}
}
