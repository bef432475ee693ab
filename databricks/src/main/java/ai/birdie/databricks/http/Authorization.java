package ai.birdie.databricks.http;

/** Gives requests to the workspace their credential. Safe for use by many threads. */
public interface Authorization {

  /**
   * The value of the Authorization header, from a token that is still good for a while.
   *
   * @throws ai.birdie.core.error.BirdieException if no token can be had
   */
  String header();

  /**
   * Told that the workspace did not accept a header that {@link #header} gave.
   *
   * @return whether another one can be had, so that asking again makes sense
   */
  boolean renew(String refused);
}
