package ai.birdie.app.schema;

import ai.birdie.core.kind.Domain;
import java.util.List;
import java.util.Locale;

/** How parts of a kind's definition are shown to people. */
public final class KindWords {

  private KindWords() {}

  /** A constant, as definitions spell it. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Which values a field may have; empty where nothing is said of them. */
  public static String of(Domain domain) {
    return switch (domain) {
      case Domain.Any _ -> "";
      case Domain.Range(double from, double to) ->
          KindDocument.number(from) + " to " + KindDocument.number(to);
      case Domain.Words(List<String> words) -> String.join(", ", words);
    };
  }
}
