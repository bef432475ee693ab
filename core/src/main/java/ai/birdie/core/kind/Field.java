package ai.birdie.core.kind;

import static java.util.Objects.requireNonNull;

/**
 * One field of a kind.
 *
 * @param name the column's name, matched without regard to case
 * @param type what the kind's view presents it as
 * @param need whether a row must have it
 * @param domain which values it may have
 * @param level whose the value is
 * @param basis where the definition comes from
 * @param meaning one line for the people who fill the table
 */
public record Field(
    String name,
    FieldType type,
    Need need,
    Domain domain,
    Level level,
    Basis basis,
    String meaning) {

  /** Whether a row of the kind must have the field. */
  public enum Need {
    /** A table without the column cannot be read, and a row without a value breaks the contract. */
    REQUIRED,
    /** A table without the column is read with a warning; where it has one, as for REQUIRED. */
    EXPECTED,
    /** Neither the column nor a value is missed. */
    OPTIONAL
  }

  /** Whose the value is. */
  public enum Level {
    /** The row's own. */
    RECORD,
    /** The conversation's, repeated in each of its messages; the newest message's counts. */
    CONVERSATION
  }

  /** Where a field's definition comes from. */
  public enum Basis {
    /** Birdie's public documentation names it. */
    DOCUMENTED,
    /** It follows from what Birdie's public documentation says. */
    IMPLIED,
    /** It is this project's own reading, or the user's. */
    OWN
  }

  public Field {
    requireNonNull(type);
    requireNonNull(need);
    requireNonNull(domain);
    requireNonNull(level);
    requireNonNull(basis);
    requireNonNull(meaning);
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("Not a field name: " + name);
    }
    if (!domain.suits(type)) {
      throw new IllegalArgumentException(
          "The field " + name + " is " + type + ", which has no such domain");
    }
  }

  /** A field of the row's own, of this project's reading, that takes any value of its type. */
  public Field(String name, FieldType type, Need need, String meaning) {
    this(name, type, need, Domain.ANY, Level.RECORD, Basis.OWN, meaning);
  }

  /** Whether a row that lacks it breaks the contract, where its table has the column. */
  public boolean mustBeThere() {
    return need != Need.OPTIONAL;
  }

  Field within(Domain values) {
    return new Field(name, type, need, values, level, basis, meaning);
  }

  Field of(Level whose) {
    return new Field(name, type, need, domain, whose, basis, meaning);
  }

  Field from(Basis source) {
    return new Field(name, type, need, domain, level, source, meaning);
  }
}
