package ai.birdie.databricks.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement as a lexer of Databricks' SQL cuts it, written independently of how the product
 * quotes: its words and signs, with a mark in the place of each quoted name and text, and what
 * those hold.
 *
 * @param shape the tokens, each followed by a space
 * @param quoted names and texts, unquoted, in order
 */
record SqlShape(String shape, List<String> quoted) {

  SqlShape {
    quoted = List.copyOf(quoted);
  }

  static SqlShape of(String sql) {
    StringBuilder shape = new StringBuilder();
    List<String> quoted = new ArrayList<>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = at + 1;
      if (c == '`') {
        end = name(sql, at, quoted);
        shape.append("<name> ");
      } else if (c == '\'' || c == '"') {
        end = text(sql, at, quoted);
        shape.append("<text> ");
      } else if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
        throw new AssertionError("A comment begins: " + sql.substring(at));
      } else if (isWord(c)) {
        while (end < sql.length() && isWord(sql.charAt(end))) {
          end++;
        }
        shape.append(sql, at, end).append(' ');
      } else if (c != ' ') {
        shape.append(c).append(' ');
      }
      at = end;
    }
    return new SqlShape(shape.toString(), quoted);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c > 0x7f;
  }

  /** A back-tick ends it, unless another one follows. */
  private static int name(String sql, int begin, List<String> quoted) {
    StringBuilder name = new StringBuilder();
    for (int i = begin + 1; i < sql.length(); i++) {
      boolean tick = sql.charAt(i) == '`';
      if (tick && (i + 1 == sql.length() || sql.charAt(i + 1) != '`')) {
        quoted.add(name.toString());
        return i + 1;
      }
      i += tick ? 1 : 0;
      name.append(sql.charAt(i));
    }
    throw new AssertionError("A name has no end: " + sql.substring(begin));
  }

  /** The quote that began it ends it, unless a backslash stands before. */
  private static int text(String sql, int begin, List<String> quoted) {
    StringBuilder text = new StringBuilder();
    for (int i = begin + 1; i < sql.length(); i++) {
      if (sql.charAt(i) == sql.charAt(begin)) {
        quoted.add(text.toString());
        return i + 1;
      }
      i += sql.charAt(i) == '\\' ? 1 : 0;
      text.append(sql.charAt(i));
    }
    throw new AssertionError("A text has no end: " + sql.substring(begin));
  }
}
