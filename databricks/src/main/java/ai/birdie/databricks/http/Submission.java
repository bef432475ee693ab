package ai.birdie.databricks.http;

import static java.util.Objects.requireNonNull;

import ai.birdie.databricks.error.Failure;

/** What came of asking for something to be done that the workspace may not understand. */
public sealed interface Submission {

  /** It is done, or begun. */
  record Accepted(Answer answer) implements Submission {

    public Accepted {
      requireNonNull(answer);
    }
  }

  /** The workspace says that the request is wrong: status 400. */
  record Malformed(Failure failure) implements Submission {

    public Malformed {
      requireNonNull(failure);
    }
  }
}
