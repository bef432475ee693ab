package ai.birdie.databricks.http;

/** Is told what keeps a request from being answered, before it is sent again or given up. */
public interface Hindrances {

  /** Does nothing. */
  Hindrances IGNORED = new Hindrances() {};

  /**
   * The request may have been heard, but its answer never came, or was an error of the server's.
   */
  default void answerLost() {}

  /** The request was turned away unheard, to be sent again later. */
  default void turnedAway() {}
}
