package ai.birdie.databricks.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Names that would like to be more than names: some written down, the others drawn. */
final class NaughtyNames {

  private static final List<String> WRITTEN =
      List.of(
          "`",
          "``",
          "```",
          "a`; DROP TABLE t; --",
          "a` FROM x.y.z --",
          "a`.`b",
          "`.`.`",
          "t` UNION ALL SELECT * FROM `s`.`u",
          "t`) UNION SELECT `x",
          "t` WHERE 1=1 OR `c",
          "t` TABLESAMPLE (1 ROWS",
          "t` VERSION AS OF 0 --",
          "t@v1",
          "x' OR '1'='1",
          "x\\' OR 1=1 --",
          "x\\",
          "\\`",
          "'",
          "''",
          "'''",
          "\"",
          "\\\\'",
          "\\u0060",
          "\\x27",
          ";",
          ";;",
          "--",
          "-- x",
          "/*",
          "*/",
          "/* */",
          "/*+ BROADCAST(t) */",
          "*",
          "a.*",
          "a.b.c",
          "main.voc.t",
          ":start",
          ":kind",
          "${x}",
          "{{x}}",
          "%s",
          "%1$s",
          "$1",
          "$0\\1",
          "?",
          "SELECT",
          "select * from t",
          "NULL",
          "true",
          "current_user()",
          "IDENTIFIER(:x)",
          "delta.`/etc`",
          "parquet.`s3://b/k`",
          "read_files('/')",
          "a b",
          " a",
          "a ",
          "0",
          "-1",
          "1e9",
          "\u00e9\u4e2d\u6587",
          "\ud83d\udc26",
          "\u202eabc",
          "\u200b",
          "\ufeff",
          "\uff40",
          "\u2018\u2019\u02bc\u2032",
          "\u037e",
          "\uff1b",
          "\u0130i",
          "_metadata",
          "$partition",
          "a,b",
          "a)b(",
          "<script>alert(1)</script>",
          "=cmd|' /C calc'!A0",
          "{\"a\":1}",
          "a".repeat(255),
          "`".repeat(255));

  private static final List<String> PIECES =
      List.of(
          "`",
          "``",
          "'",
          "\"",
          "\\",
          ";",
          "--",
          "/*",
          "*/",
          ".",
          ",",
          "(",
          ")",
          "=",
          ":",
          "%",
          "$",
          "{",
          "}",
          "?",
          "*",
          " ",
          "a",
          "Z",
          "0",
          "_",
          "FROM",
          "SELECT",
          "UNION",
          "DROP TABLE x",
          "\u00e9",
          "\u4e2d",
          "\u202e",
          "\uff40",
          "\ud83d\udc26");

  private static final int LONGEST = 255;

  private final Random random;
  private int next;

  NaughtyNames(Random random) {
    this.random = random;
  }

  /** So many names, of which no two are the same whatever their case. */
  List<String> next(int count) {
    List<String> names = new ArrayList<>();
    Set<String> used = new HashSet<>();
    while (names.size() < count) {
      String name = next < WRITTEN.size() ? WRITTEN.get(next++) : drawn();
      if (used.add(name.toLowerCase(Locale.ROOT))) {
        names.add(name);
      }
    }
    return names;
  }

  private String drawn() {
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      name.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return name.length() > LONGEST || name.toString().isBlank() ? "x" : name.toString();
  }
}
