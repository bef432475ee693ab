package ai.birdie.workspace.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What a workspace is reached with. Secrets: never printed but in the ready line.
 *
 * @param warehouseId its one SQL warehouse
 * @param clientId the service principal's id
 * @param clientSecret the service principal's secret
 * @param personalAccessToken a user's token
 * @param adminToken an administrator's token
 */
public record Credentials(
    String warehouseId,
    String clientId,
    String clientSecret,
    String personalAccessToken,
    String adminToken) {

  /** New ones, in the forms that Databricks uses. */
  public static Credentials random(SecureRandom random) {
    String id = hex(random, 16);
    return new Credentials(
        hex(random, 8),
        String.join(
            "-",
            id.substring(0, 8),
            id.substring(8, 12),
            id.substring(12, 16),
            id.substring(16, 20),
            id.substring(20)),
        "dose" + hex(random, 16),
        "dapi" + hex(random, 16),
        "dapi" + hex(random, 16));
  }

  private static String hex(RandomGenerator random, int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  @Override
  public String toString() {
    return "Credentials[warehouseId=" + warehouseId + ", clientId=" + clientId + "]";
  }
}
