package ai.birdie.workspace.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.workspace.access.SqlRefusal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How statements of the workspace's own are split into words. */
final class TokensTest {
  @Test
  void wordsAreTakenInAnyCaseAndPastComments() {
    Tokens tokens = Tokens.of("show /* all */ Tables -- of them\n IN CATALOG `my``cat`;");
    assertThat(tokens.take("SHOW", "TABLES", "IN", "SCHEMA")).isFalse();
    assertThat(tokens.take("SHOW", "TABLES", "IN", "CATALOG")).isTrue();
    assertThat(tokens.identifier()).isEqualTo("my`cat");
    assertThat(tokens.atEnd()).isTrue();
  }

  @Test
  void whatIsQuotedIsNoWord() {
    assertThat(Tokens.of("`show` tables").take("show")).isFalse();
    assertThat(Tokens.of("'show'").take("show")).isFalse();
  }

  @Test
  void namesHaveParts() {
    assertThat(Tokens.of("main . `a.b` .Table").name()).isEqualTo(List.of("main", "a.b", "Table"));
    assertThat(Tokens.of("2024_data").name()).isEqualTo(List.of("2024_data"));
  }

  @Test
  void stringsAreUnescaped() {
    assertThat(Tokens.of("'it\\'s'").string()).isEqualTo("it's");
    assertThat(Tokens.of("\"d*\"").string()).isEqualTo("d*");
    assertThat(Tokens.of("word").takeString()).isEmpty();
  }

  @Test
  void namesInParenthesesMayBeNone() {
    Tokens tokens = Tokens.of("(x, `y z`) ()");
    assertThat(tokens.identifiersInParentheses()).containsExactly("x", "y z");
    assertThat(tokens.identifiersInParentheses()).isEmpty();
  }

  @Test
  void restIsAsWrittenWithoutItsSemicolons() {
    Tokens tokens = Tokens.of("RETURN  a  /* kept */ + ';😀' -- gone\n ; ;");
    tokens.expect("RETURN");
    assertThat(tokens.rest()).isEqualTo("a  /* kept */ + ';😀'");
    tokens.end();
  }

  @Test
  void whatDoesNotBelongIsASyntaxErrorThatSaysWhere() {
    Tokens tokens = Tokens.of("SHOW\n  nonsense");
    tokens.expect("SHOW");
    assertThatThrownBy(() -> tokens.expect("TABLES"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessage(
            "[PARSE_SYNTAX_ERROR] Syntax error at or near 'nonsense' (line 2, pos 2)."
                + " SQLSTATE: 42601");
    assertThatThrownBy(tokens::end).isInstanceOf(SqlRefusal.class);
    assertThatThrownBy(() -> Tokens.of("").identifier())
        .hasMessageContaining("at or near end of input");
  }
}
