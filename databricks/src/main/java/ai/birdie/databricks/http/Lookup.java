package ai.birdie.databricks.http;

import static java.util.Objects.requireNonNull;

import ai.birdie.databricks.error.Failure;

/** What came of asking for something that may be missing, or hidden from who asks. */
public sealed interface Lookup {

  /** It is there. */
  record Found(Answer answer) implements Lookup {

    public Found {
      requireNonNull(answer);
    }
  }

  /** The workspace knows who asks, and does not show it. */
  record Hidden(Failure failure) implements Lookup {

    public Hidden {
      requireNonNull(failure);
    }
  }

  /** The workspace answers that there is no such thing. */
  record Absent(Failure failure) implements Lookup {

    public Absent {
      requireNonNull(failure);
    }
  }
}
