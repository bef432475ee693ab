package ai.birdie.core.kind;

/** What kinds have in common. */
public enum Family {
  /** A row is what one person said at one moment. */
  FEEDBACK,
  /** A row is a message; those with one conversation's id make a conversation. */
  CONVERSATION,
  /** A row is a company or a person that feedback comes from. */
  AUDIENCE,
  /** A row is whatever its table holds. */
  TABLE
}
