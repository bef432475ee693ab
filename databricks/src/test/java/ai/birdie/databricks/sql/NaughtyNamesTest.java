package ai.birdie.databricks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
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

  @Test
  void areNeverMoreThanNamesWhereTheFeedIsJudged() {
    long seed = Long.getLong("birdie.seed", System.nanoTime());
    System.out.println("NaughtyNamesTest: -Dbirdie.seed=" + seed);
    NaughtyNames names = new NaughtyNames(new Random(seed));
    List<SqlShape> plain = judging(PLAIN);
    assertThat(plain.get(plain.size() - 1).shape())
        .isEqualTo("DESCRIBE HISTORY <name> . <name> . <name> LIMIT 50 ");
    assertThat(plain)
        .allMatch(
            each -> each.shape().startsWith("SELECT ") || each.equals(plain.get(plain.size() - 1)))
        .noneMatch(each -> each.shape().contains(";"));
    for (int i = 0; i < NAMES / 10 / NaughtyFeed.NAMES; i++) {
      List<String> naughty = names.next(NaughtyFeed.NAMES);
      List<SqlShape> shapes = judging(naughty);
      for (int j = 0; j < plain.size(); j++) {
        assertThat(shapes.get(j).shape()).as("%s", naughty).isEqualTo(plain.get(j).shape());
        int path = plain.get(j).quoted().indexOf("`a`.`b`.`c`");
        assertThat(unfolded(shapes.get(j).quoted(), path))
            .isEqualTo(renamed(unfolded(plain.get(j).quoted(), path), naughty));
      }
    }
  }

  private static List<SqlShape> judging(List<String> names) {
    NaughtyFeed feed = new NaughtyFeed(names);
    return Stream.concat(feed.judging().stream(), Stream.of(feed.history()))
        .map(SqlShape::of)
        .toList();
  }

  /** With the names of a path that is a text, in its place. */
  private static List<String> unfolded(List<String> quoted, int path) {
    if (path < 0) {
      return quoted;
    }
    List<String> all = new ArrayList<>(quoted);
    SqlShape inside = SqlShape.of(all.remove(path));
    assertThat(inside.shape()).isEqualTo("<name> . <name> . <name> ");
    all.addAll(path, inside.quoted());
    return all;
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
