package ai.birdie.databricks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same by Spark's own parser, which the local workspace brings along. */
final class NaughtyNamesIT {

  private static final int FEEDS = 1_000;
  private static final Path JARS =
      Path.of(System.getProperty("birdie.root", ".."), "workspace", "target", "dist", "lib");

  @Test
  void areParsedAsOneSelectOnOneRelation() throws Exception {
    long seed = Long.getLong("birdie.seed", System.nanoTime());
    System.out.println("NaughtyNamesIT: -Dbirdie.seed=" + seed);
    NaughtyNames names = new NaughtyNames(new Random(seed));
    try (URLClassLoader spark = new URLClassLoader(jars(), getClass().getClassLoader())) {
      Object parser = spark.loadClass(PARSER + "$").getField("MODULE$").get(null);
      Method parse = parser.getClass().getMethod("parsePlan", String.class);
      for (int i = 0; i < FEEDS; i++) {
        NaughtyFeed feed = new NaughtyFeed(names.next(NaughtyFeed.NAMES));
        for (String sql : feed.statements()) {
          assertThat(relations(parse.invoke(parser, sql))).as(sql).containsExactly(feed.table());
        }
        for (String sql :
            Stream.concat(feed.judging().stream(), feed.following().stream()).toList()) {
          assertThat(relations(parse.invoke(parser, sql)))
              .as(sql)
              .isNotEmpty()
              .containsOnly(feed.table());
        }
      }
    }
  }

  private static final String PARSER = "org.apache.spark.sql.catalyst.parser.CatalystSqlParser";

  private static URL[] jars() throws Exception {
    List<URL> urls = new ArrayList<>();
    try (Stream<Path> files = Files.list(JARS)) {
      for (Path file : files.toList()) {
        urls.add(file.toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  /** The names of what a plan reads, each by its parts; a plan that is no query has none. */
  private static List<List<String>> relations(Object plan) throws ReflectiveOperationException {
    assertThat(plan.getClass().getSimpleName()).isIn("Project", "Aggregate", "Union");
    List<List<String>> all = new ArrayList<>();
    for (Object leaf : list(call(plan, "collectLeaves"))) {
      if (!leaf.getClass().getSimpleName().startsWith("OneRowRelation")) { // it reads nothing
        all.add(relation(leaf));
      }
    }
    return all;
  }

  private static List<String> relation(Object leaf) throws ReflectiveOperationException {
    String sort = leaf.getClass().getSimpleName();
    if (sort.equals("RelationTimeTravel")) {
      return relation(call(leaf, "relation"));
    }
    if (sort.equals("UnresolvedTableValuedFunction")) {
      assertThat(list(call(leaf, "name"))).hasToString("[table_changes]");
      return SqlShape.of(String.valueOf(list(call(leaf, "functionArgs")).get(0))).quoted();
    }
    assertThat(sort).isEqualTo("UnresolvedRelation");
    return list(call(leaf, "multipartIdentifier")).stream().map(String::valueOf).toList();
  }

  private static List<Object> list(Object seq) throws ReflectiveOperationException {
    List<Object> all = new ArrayList<>();
    Object iterator = call(seq, "iterator");
    while ((boolean) call(iterator, "hasNext")) {
      all.add(call(iterator, "next"));
    }
    return all;
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    try {
      Method found = target.getClass().getMethod(method);
      found.setAccessible(true);
      return found.invoke(target);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
