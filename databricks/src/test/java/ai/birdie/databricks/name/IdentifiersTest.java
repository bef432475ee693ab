package ai.birdie.databricks.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentifiersTest {

  private static final long SEED = Long.getLong("birdie.seed", System.nanoTime());
  private static final String PIECES = "`'\"\\;-/*.,()=: abzAZ09_\u00e9\u4e2d\u202e$%{}";

  @Test
  void staysOneNameWhateverItHolds() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      String name = name(random);
      String quoted = Identifiers.quote(name);
      assertThat(unquoted(quoted)).as("seed %d, name %s", SEED, name).isEqualTo(name);
      String literal = Identifiers.literal(name);
      assertThat(unescaped(literal)).as("seed %d, name %s", SEED, name).isEqualTo(name);
    }
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(20);
    for (int i = 0; i < length; i++) {
      name.append(PIECES.charAt(random.nextInt(PIECES.length())));
    }
    return name.toString();
  }

  /**
   * As the lexer reads it: up to the first back-tick that is not doubled, which must be the last.
   */
  private static String unquoted(String quoted) {
    StringBuilder name = new StringBuilder();
    assertThat(quoted.charAt(0)).isEqualTo('`');
    int at = 1;
    while (true) {
      char c = quoted.charAt(at++);
      if (c == '`') {
        if (at == quoted.length()) {
          return name.toString();
        }
        assertThat(quoted.charAt(at++)).isEqualTo('`');
      }
      name.append(c);
    }
  }

  private static String unescaped(String literal) {
    StringBuilder text = new StringBuilder();
    assertThat(literal.charAt(0)).isEqualTo('\'');
    int at = 1;
    while (true) {
      char c = literal.charAt(at++);
      if (c == '\'') {
        assertThat(at).isEqualTo(literal.length());
        return text.toString();
      }
      text.append(c == '\\' ? literal.charAt(at++) : c);
    }
  }

  @Test
  void joinsTheParts() {
    assertThat(Identifiers.path(List.of("a.b", "c`d", "e"))).isEqualTo("`a.b`.`c``d`.`e`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u007f", "\u0085", "a\ud800", "\udc00b"})
  void refusesWhatIsNoName(String name) {
    assertThatThrownBy(() -> Identifiers.quote(name)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> Identifiers.literal(name)).isInstanceOf(ConfigException.class);
  }

  @Test
  void refusesAVeryLongName() {
    assertThat(Identifiers.quote("a".repeat(255))).hasSize(257);
    String tooLong = "a".repeat(256);
    assertThatThrownBy(() -> Identifiers.quote(tooLong)).isInstanceOf(ConfigException.class);
  }
}
