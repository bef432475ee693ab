package ai.birdie.app.map;

import java.util.Arrays;
import java.util.Locale;

/** What the values of a field look like. */
enum Look {
  /** One value for each row. */
  UNIQUE_ID,
  /** An id that rows may share. */
  ID,
  /** An id that is unique in something larger only. */
  PART_ID,
  TIME,
  PROSE,
  SHORT_TEXT,
  RATING,
  /** A person's name, or a company's. */
  PERSON,
  /** One of a few values. */
  LABEL,
  LANGUAGE,
  URL,
  /** One of the field's own words, or of others with their meaning. */
  WORDS,
  /** Nothing that is known here. */
  ANYTHING;

  /** The look of that name in the file of clues. */
  static Look named(String name) {
    return Arrays.stream(values())
        .filter(look -> look.label().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
