package ai.birdie.core.kind;

import static java.util.Objects.requireNonNull;

/** What kinds have in common. */
public enum Family {
  /** A row is what one person said at one moment. */
  FEEDBACK(
      "the column that every insert and update sets, such as loaded_at or updated_at; posted_at only"
          + " where rows are neither changed nor loaded later than they are posted"),
  /** A row is a message; those with one conversation's id make a conversation. */
  CONVERSATION(
      "the column that every insert and update of a message sets, such as updated_at; where a status"
          + " or title changes, at least one message of the conversation must be written anew"),
  /** A row is a company or a person that feedback comes from. */
  AUDIENCE(
      "the column that every change of the profile sets, such as updated_at; created_at misses all"
          + " changes"),
  /** A row is whatever its table holds. */
  TABLE("the column that every insert and update sets, such as updated_at");

  private final String cursorAdvice;

  Family(String cursorAdvice) {
    this.cursorAdvice = requireNonNull(cursorAdvice);
  }

  /** Which column a table of such rows is best read by. */
  public String cursorAdvice() {
    return cursorAdvice;
  }
}
