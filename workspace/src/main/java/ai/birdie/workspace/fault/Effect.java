package ai.birdie.workspace.fault;

import ai.birdie.workspace.statement.Warehouse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a fault does to a call. */
public sealed interface Effect {
  /** Answers in the workspace's place, which hears nothing of the call. */
  record Instead(Reply reply) implements Effect {}

  /** Closes the connection, and nothing is done. */
  record Drop() implements Effect {}

  /** Waits before anything is done. */
  record Wait(Duration delay) implements Effect {}

  /**
   * Has the warehouse be cold before anything is done: it takes so long to start, and statements
   * wait for it or are refused.
   */
  record Cool(Duration starting, Warehouse.Early early) implements Effect {}

  /** Lets the workspace do what is asked, and spoils its answer. */
  sealed interface Spoil extends Effect {}

  /** Closes the connection in place of the answer. */
  record Lose() implements Spoil {}

  /** Closes the connection after so many bytes of the body; always before its end. */
  record Cut(long bytes) implements Spoil {}

  /** Sends the body in pieces, and waits before each. */
  record Drip(int bytes, Duration pause) implements Spoil {}

  /** Answers with a Date that is off by so much. */
  record Skew(Duration by) implements Spoil {}

  /** Changes an answer in JSON; says false when there was nothing in it to change. */
  record Rewrite(Predicate<ObjectNode> change) implements Spoil {}

  /** Changes the bytes of a file. */
  record Garble(UnaryOperator<byte[]> change) implements Spoil {}
}
