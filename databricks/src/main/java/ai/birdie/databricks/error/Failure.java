package ai.birdie.databricks.error;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the workspace said when it refused or failed. Its text is only searched, never shown: it may
 * repeat what is in a row.
 *
 * @param code the API's error code, a name or a number; empty where there is none
 * @param sqlState five characters; empty where neither the field nor the text has it
 * @param errorClass the condition's name, such as TABLE_OR_VIEW_NOT_FOUND; may be empty
 */
public record Failure(String code, String sqlState, String errorClass, String text) {

  private static final Pattern STATE = Pattern.compile("SQLSTATE: ?([0-9A-Z]{5})");
  private static final Pattern CLASS = Pattern.compile("^\\s*\\[([A-Z0-9_.]{1,100})]");
  private static final Pattern MISSING =
      Pattern.compile(
          "does not have (?:the )?(?:privilege )?([A-Z][A-Z_ ]{2,30}?)(?: privilege)? on "
              + "(Catalog|Schema|Database|Table|View)",
          Pattern.CASE_INSENSITIVE);

  /** What the workspace said, its SQLSTATE and condition read from the text where need be. */
  public static Failure of(
      Optional<String> code, Optional<String> sqlState, Optional<String> text) {
    String said = text.orElse("");
    return new Failure(
        code.filter(c -> c.matches("[A-Za-z0-9_]{1,60}")).orElse(""),
        sqlState.filter(s -> s.matches("[0-9A-Z]{5}")).or(() -> first(STATE, said)).orElse(""),
        first(CLASS, said).orElse(""),
        said);
  }

  /** The right that is missing, such as USE SCHEMA, where the text names one. */
  public Optional<String> missingRight() {
    return first(MISSING, text)
        .map(right -> right.toUpperCase(Locale.ROOT).strip().replace('_', ' '))
        .map(right -> right.replace("USAGE", "USE SCHEMA"))
        .filter(right -> right.matches("SELECT|USE CATALOG|USE SCHEMA"));
  }

  /** Whether it says, by a state or by its code, that something is wrong with what was asked. */
  public boolean saysWhy() {
    return !sqlState.isEmpty() || code.equals("BAD_REQUEST");
  }

  /** Whether the text has this in it, whatever its case. */
  public boolean mentions(String words) {
    return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  /** Whether the text has any of these in it, whatever its case. */
  public boolean mentionsAny(String... words) {
    return Arrays.stream(words).anyMatch(this::mentions);
  }

  /** Class, and state or code, in parentheses, for the end of a sentence. */
  String reference() {
    StringBuilder all = new StringBuilder();
    // a code such as BAD_REQUEST says nothing more
    String cause = sqlState.isEmpty() ? code : "SQLSTATE " + sqlState;
    for (String part : new String[] {errorClass, cause}) {
      if (!part.isEmpty()) {
        all.append(all.length() == 0 ? " (" : ", ").append(part);
      }
    }
    return all.length() == 0 ? "" : all.append(')').toString();
  }

  @Override
  public String toString() {
    return "Failure" + reference();
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
