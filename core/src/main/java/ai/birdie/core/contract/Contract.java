package ai.birdie.core.contract;

import java.util.List;

/**
 * The rules that a feed's rows must satisfy; a row that breaks one is quarantined whole.
 *
 * @param key the rule that every contract has: without its key a row cannot be told from another
 */
public record Contract(Rule.KeyPresent key) {

  /** The contract of a table whose records are known by these columns. */
  public static Contract ofKey(List<String> columns) {
    return new Contract(new Rule.KeyPresent(columns));
  }

  /** All rules, in the order in which their violations are listed. */
  public List<Rule> rules() {
    return List.of(key);
  }
}
