package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.SqlRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;
import org.apache.spark.sql.catalyst.util.SparkParserUtils$;

/**
 * A statement's words, as Spark's own lexer splits them, so that strings, comments, and back-ticks
 * are what they are everywhere else. Read from left to right.
 *
 * <p>For one thread. Every method that takes what is not there throws the error that Spark would
 * have for it.
 */
final class Tokens {
  private final CommonTokenStream tokens;

  private Tokens(CommonTokenStream tokens) {
    this.tokens = tokens;
  }

  static Tokens of(String text) {
    return new Tokens(stream(text));
  }

  /** All tokens of a text, blanks and comments too; it is split no further than it is read. */
  static CommonTokenStream stream(String text) {
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(text)));
    lexer.removeErrorListeners();
    return new CommonTokenStream(lexer);
  }

  /** Takes these words where they come next, in any case; otherwise takes nothing. */
  boolean take(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).getText().equalsIgnoreCase(words[i])) {
        return false;
      }
    }
    for (int i = 0; i < words.length; i++) {
      tokens.consume();
    }
    return true;
  }

  /** The word that comes next, as it is written; it is not taken. */
  String first() {
    return peek(0).getText();
  }

  /** Takes these words, which must come next. */
  void expect(String... words) {
    for (String word : words) {
      if (!take(word)) {
        throw unexpected();
      }
    }
  }

  /** Takes one name, with or without back-ticks. */
  String identifier() {
    String text = peek(0).getText();
    if (peek(0).getType() == SqlBaseLexer.BACKQUOTED_IDENTIFIER) {
      tokens.consume();
      return text.substring(1, text.length() - 1).replace("``", "`");
    }
    if (!text.matches("[\\p{L}\\p{N}_]*[\\p{L}_][\\p{L}\\p{N}_]*")) {
      throw unexpected();
    }
    tokens.consume();
    return text;
  }

  /** Takes a name of one part or more, with dots between them. */
  List<String> name() {
    List<String> parts = new ArrayList<>();
    do {
      parts.add(identifier());
    } while (take("."));
    return parts;
  }

  /** Takes a string, and answers what it stands for. */
  String string() {
    return takeString().orElseThrow(this::unexpected);
  }

  /** Takes a string where one comes next. */
  Optional<String> takeString() {
    int type = peek(0).getType();
    if (type != SqlBaseLexer.STRING_LITERAL && type != SqlBaseLexer.DOUBLEQUOTED_STRING) {
      return Optional.empty();
    }
    Token token = peek(0);
    tokens.consume();
    return Optional.of(SparkParserUtils$.MODULE$.string(token));
  }

  /** Takes names in parentheses, with commas between them; there may be none. */
  List<String> identifiersInParentheses() {
    List<String> names = new ArrayList<>();
    expect("(");
    while (!take(")")) {
      if (!names.isEmpty()) {
        expect(",");
      }
      names.add(identifier());
    }
    return names;
  }

  /** Takes all that comes, and answers it as it is written, without semicolons at its end. */
  String rest() {
    Token first = peek(0);
    Token last = first;
    while (!atEnd()) {
      last = peek(0);
      tokens.consume();
    }
    return tokens.getText(first, last);
  }

  /** Whether nothing comes any more. A semicolon is nothing. */
  boolean atEnd() {
    int at = 0;
    while (peek(at).getType() == SqlBaseLexer.SEMICOLON) {
      at++;
    }
    return peek(at).getType() == Token.EOF;
  }

  /** Refuses whatever still comes. */
  void end() {
    if (!atEnd()) {
      throw unexpected();
    }
  }

  /** The error of a statement that goes on as it may not. */
  SqlRefusal unexpected() {
    Token token = peek(0);
    String near = token.getType() == Token.EOF ? "end of input" : "'" + token.getText() + "'";
    return SqlRefusal.syntaxError(near, token.getLine(), token.getCharPositionInLine());
  }

  private Token peek(int ahead) {
    return tokens.LT(ahead + 1);
  }
}
