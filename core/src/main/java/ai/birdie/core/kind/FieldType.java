package ai.birdie.core.kind;

/** The type under which a kind's view presents a field, whatever type the source's column has. */
public enum FieldType {
  /** Text, ids included: an id that comes as a number is presented as its digits. */
  TEXT,
  /** An instant, to the microsecond. */
  TIMESTAMP,
  /** A whole number of 32 bits. */
  INTEGER,
  /** A floating-point number of 64 bits. */
  NUMBER
}
