package ai.birdie.testkit.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every plant, by the number of its case. */
final class Plants {

  private Plants() {}

  static List<Plant> all() {
    return Stream.of(SourcePlants.all(), VersionPlants.all(), StorePlants.all())
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(Plant::number).thenComparing(Plant::what))
        .toList();
  }
}
