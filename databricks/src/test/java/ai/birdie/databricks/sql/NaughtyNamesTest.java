package ai.birdie.databricks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the names, a statement is the one that it is with plain names. */
final class NaughtyNamesTest {

  private static final int NAMES = 100_000;
  private static final List<String> PLAIN = List.of("a", "b", "c", "d", "e", "f");

  @Test
  void areNeverMoreThanNames() {
    long seed = Long.getLong("birdie.seed", System.nanoTime());
    System.out.println("NaughtyNamesTest: -Dbirdie.seed=" + seed);
    NaughtyNames names = new NaughtyNames(new Random(seed));
    List<SqlShape> plain = shapes(PLAIN);
    assertThat(plain)
        .allMatch(each -> each.shape().startsWith("SELECT "))
        .allMatch(each -> each.shape().split("<name> \\. <name> \\. <name> ", -1).length == 2)
        .noneMatch(each -> each.shape().contains(";"));
    for (int i = 0; i < NAMES / NaughtyFeed.NAMES; i++) {
      List<String> naughty = names.next(NaughtyFeed.NAMES);
      List<SqlShape> shapes = shapes(naughty);
      for (int j = 0; j < plain.size(); j++) {
        assertThat(shapes.get(j).shape()).as("%s", naughty).isEqualTo(plain.get(j).shape());
        assertThat(shapes.get(j).quoted()).isEqualTo(renamed(plain.get(j).quoted(), naughty));
      }
    }
  }

  private static List<SqlShape> shapes(List<String> names) {
    return new NaughtyFeed(names).statements().stream().map(SqlShape::of).toList();
  }

  private static List<String> renamed(List<String> quoted, List<String> names) {
    Map<String, String> byPlain = new HashMap<>();
    for (int i = 0; i < PLAIN.size(); i++) {
      byPlain.put(PLAIN.get(i), names.get(i));
    }
    return quoted.stream().map(each -> byPlain.getOrDefault(each, each)).toList();
  }
}
