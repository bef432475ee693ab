package ai.birdie.core.error;

/** What may help against a failure, in the same run, without anybody's doing. */
public enum Recovery {
  /** Nothing. */
  NONE,
  /** To read the same window again, from its beginning: its result was lost on the way. */
  ANEW,
  /** To read the window in parts: it holds more than one statement can give. */
  IN_PARTS
}
