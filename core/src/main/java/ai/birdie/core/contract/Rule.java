package ai.birdie.core.contract;

import java.util.List;

/** What a row must satisfy. A rule is data: each engine interprets it in its own language. */
public sealed interface Rule {

  /** The rule's name in violations and reports. */
  String id();

  /** Each of the key's columns holds something: it is not NULL, not empty, not blank. */
  record KeyPresent(List<String> columns) implements Rule {

    public KeyPresent {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("A key has at least one column");
      }
    }

    @Override
    public String id() {
      return "key-missing";
    }
  }
}
