package ai.birdie.people;

import static java.util.Objects.requireNonNull;

/**
 * A piece of personal data in a text.
 *
 * @param from where it begins, in chars
 * @param to where what is behind it begins
 */
public record Finding(Sort sort, int from, int to) {

  /** What it is. */
  public enum Sort {
    EMAIL,
    PHONE,
    CARD,
    IBAN,
    NATIONAL_ID
  }

  public Finding {
    requireNonNull(sort);
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("Nothing stands from " + from + " to " + to);
    }
  }
}
