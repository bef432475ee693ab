package ai.birdie.app.map;

import ai.birdie.core.kind.Field;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A column that may hold a field, with all that speaks for it. */
record Candidate(Field field, Held held, Likeness likeness, Trial.Tried tried) {

  private static final double OF_THE_NAME = 0.6;
  private static final double OF_THE_CONTENT = 0.4;
  private static final double ENOUGH = 0.55;
  private static final double LEAST_LIKENESS = 0.3;

  Content content() {
    return tried.content();
  }

  double score() {
    return OF_THE_NAME * likeness.degree() + OF_THE_CONTENT * content().degree();
  }

  /** Whether name and content together are enough. */
  boolean convinces() {
    return !content().excludes() && likeness.degree() >= LEAST_LIKENESS && score() >= ENOUGH;
  }

  /** Whether it is the name that speaks for it, and the content that does not. */
  boolean disappoints() {
    return content().excludes() && likeness.degree() >= ENOUGH;
  }

  String reason() {
    return Stream.concat(
            likeness.says(field.name()).stream(),
            Stream.of(held.column().typeText().toLowerCase(Locale.ROOT), content().says()))
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
