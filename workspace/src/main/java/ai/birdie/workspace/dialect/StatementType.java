package ai.birdie.workspace.dialect;

import java.util.Locale;

/** What sort of statement one is, as the history of queries tells. */
public enum StatementType {
  ALTER,
  ANALYZE,
  COPY,
  CREATE,
  DELETE,
  DESCRIBE,
  DROP,
  EXPLAIN,
  GRANT,
  INSERT,
  MERGE,
  OPTIMIZE,
  OTHER,
  REFRESH,
  REPLACE,
  REVOKE,
  SELECT,
  SET,
  SHOW,
  TRUNCATE,
  UPDATE,
  USE;

  /** By its first word; anything that is not known is another. */
  public static StatementType of(String text) {
    String word = Tokens.of(text).first().toUpperCase(Locale.ROOT);
    return switch (word) {
      case "WITH", "(", "VALUES", "TABLE", "FROM" -> SELECT;
      case "DESC" -> DESCRIBE;
      default -> named(word);
    };
  }

  private static StatementType named(String word) {
    for (StatementType type : values()) {
      if (type.name().equals(word)) {
        return type;
      }
    }
    return OTHER;
  }
}
