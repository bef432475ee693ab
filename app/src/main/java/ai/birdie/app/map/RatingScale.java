package ai.birdie.app.map;

import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Field;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Tells on which of the usual scales ratings were given. */
final class RatingScale {

  private static final List<Domain.Range> USUAL =
      List.of(
          new Domain.Range(1, 5),
          new Domain.Range(0, 5),
          new Domain.Range(1, 7),
          new Domain.Range(1, 10),
          new Domain.Range(0, 10),
          new Domain.Range(0, 100));

  private RatingScale() {}

  /** The scale of a column; empty where it is the field's own, or none that is usual. */
  static Optional<Domain.Range> of(Field rating, Optional<Held> held) {
    if (held.isEmpty() || !(rating.domain() instanceof Domain.Range own)) {
      return Optional.empty();
    }
    DoubleSummaryStatistics numbers =
        held.get().texts().stream()
            .map(RatingScale::number)
            .flatMapToDouble(OptionalDouble::stream)
            .summaryStatistics();
    if (numbers.getCount() == 0 || holds(own, numbers)) {
      return Optional.empty();
    }
    return USUAL.stream().filter(scale -> holds(scale, numbers)).findFirst();
  }

  private static boolean holds(Domain.Range scale, DoubleSummaryStatistics numbers) {
    return scale.from() <= numbers.getMin() && numbers.getMax() <= scale.to();
  }

  private static OptionalDouble number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
