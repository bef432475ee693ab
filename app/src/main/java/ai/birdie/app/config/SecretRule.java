package ai.birdie.app.config;

/** What becomes of secrets that a connection file refers to. */
enum SecretRule {
  /** They are read, and must be there. */
  READ,
  /** They stay where they are: the connection can be looked at, but not used. */
  LEAVE
}
