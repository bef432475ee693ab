package ai.birdie.workspace.statement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Requests as a client sends them that asks for nothing in particular. */
public final class Requests {
  private Requests() {}

  /** Asks for a statement to be run, and does not wait for it. */
  public static StatementRequest of(String text) {
    return new StatementRequest(
        text,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new StatementRequest.Delivery.Inline(),
        new StatementRequest.Limits(OptionalLong.empty(), OptionalLong.empty()),
        Duration.ZERO,
        StatementRequest.OnWaitTimeout.CONTINUE,
        Map.of());
  }
}
