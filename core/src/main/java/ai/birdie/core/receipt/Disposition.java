package ai.birdie.core.receipt;

import java.util.Locale;

/** What became of a row that a window read. Every row has exactly one. */
public enum Disposition {
  /** Its identity was not in the store. */
  NEW,
  /** It took the place of an older version of itself. */
  CHANGED,
  /** The store held it already, to the bit. */
  IDENTICAL,
  /** The window, or the store, held a newer version of it. */
  SUPERSEDED,
  /** The source says that it is gone, and it left the store. Its hash counts negative. */
  DELETED,
  /** It belongs to a person who was erased. */
  SUPPRESSED;

  /** The name in reports: lower case, words joined by a hyphen. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
