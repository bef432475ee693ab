package ai.birdie.workspace.dialect;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStreamRewriter;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * The short forms of time travel, {@code t@v7} and {@code t@20260131235959000}, which Spark lacks.
 *
 * <p>Source: docs.databricks.com, "Work with table history", query an earlier version.
 */
final class TimeTravel {
  private static final Pattern VERSION = Pattern.compile("[vV](\\d+)");

  /** yyyyMMddHHmmssSSS. */
  private static final Pattern INSTANT =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(\\d{3})");

  private TimeTravel() {}

  /** The text with its short forms in the words that Spark knows; all else as it was. */
  static String spelledOut(String text) {
    if (text.indexOf('@') < 0) {
      return text;
    }
    CommonTokenStream stream = Tokens.stream(text);
    stream.fill();
    TokenStreamRewriter rewriter = new TokenStreamRewriter(stream);
    List<Token> tokens = stream.getTokens();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      Token at = tokens.get(i + 1);
      Token when = tokens.get(i + 2);
      if (isName(tokens.get(i)) && at.getText().equals("@")) {
        String clause = clause(when);
        if (!clause.isEmpty()) {
          rewriter.replace(at, when, clause);
        }
      }
    }
    return rewriter.getText();
  }

  private static boolean isName(Token token) {
    return token.getType() == SqlBaseLexer.BACKQUOTED_IDENTIFIER
        || Character.isUnicodeIdentifierPart(token.getText().codePointAt(0));
  }

  private static String clause(Token when) {
    Matcher version = VERSION.matcher(when.getText());
    if (version.matches()) {
      return " VERSION AS OF " + version.group(1);
    }
    Matcher instant = INSTANT.matcher(when.getText());
    return instant.matches() ? instant.replaceFirst(" TIMESTAMP AS OF '$1-$2-$3 $4:$5:$6.$7'") : "";
  }
}
