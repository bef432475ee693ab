package ai.birdie.workspace.rest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Links that carry their own right, for a while: signed over path and expiry. Thread-safe. */
final class LinkSigner {
  /** What is said of a link. */
  enum Verdict {
    GOOD,
    EXPIRED,
    FORGED
  }

  /** A link's path with its query, and when it ends. */
  record Signed(String pathAndQuery, Instant expiresAt) {}

  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final byte[] key;
  private final InstantSource clock;

  LinkSigner(byte[] key, InstantSource clock) {
    this.key = key.clone();
    this.clock = clock;
  }

  Signed sign(String path) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    String stamp = STAMP.format(now);
    String seconds = Long.toString(LIFETIME.toSeconds());
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date="
            + stamp
            + "&X-Amz-Expires="
            + seconds
            + "&X-Amz-Signature="
            + signature(path, stamp, seconds);
    return new Signed(path + "?" + query, now.plus(LIFETIME));
  }

  Verdict verify(String path, Map<String, String> query) {
    String stamp = query.getOrDefault("X-Amz-Date", "");
    String seconds = query.getOrDefault("X-Amz-Expires", "");
    String given = query.getOrDefault("X-Amz-Signature", "");
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8),
        signature(path, stamp, seconds).getBytes(StandardCharsets.UTF_8))) {
      return Verdict.FORGED;
    }
    try {
      Instant expiresAt = Instant.from(STAMP.parse(stamp)).plusSeconds(Long.parseLong(seconds));
      return clock.instant().isBefore(expiresAt) ? Verdict.GOOD : Verdict.EXPIRED;
    } catch (DateTimeParseException | NumberFormatException e) {
      return Verdict.FORGED;
    }
  }

  private String signature(String path, String stamp, String seconds) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = path + "\n" + stamp + "\n" + seconds;
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
