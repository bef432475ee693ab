package ai.birdie.workspace.statement;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Ids of statements as Databricks makes them: UUIDs that begin alike. As thread-safe as the draw.
 */
public final class StatementIds implements Supplier<String> {
  private static final String BEGINNING = "01f0";

  private final RandomGenerator random;

  public StatementIds(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public String get() {
    byte[] drawn = new byte[16];
    random.nextBytes(drawn);
    String hex = HexFormat.of().formatHex(drawn);
    return String.join(
        "-",
        BEGINNING + hex.substring(4, 8),
        hex.substring(8, 12),
        "1" + hex.substring(13, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }
}
