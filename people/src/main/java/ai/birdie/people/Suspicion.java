package ai.birdie.people;

import java.nio.ByteBuffer;

/** A quick look at a text's bytes: an address's sign, or enough digits. */
final class Suspicion {

  /** Fewer digits than that make no personal data; a British insurance number has so many. */
  static final int DIGITS = 6;

  private Suspicion() {}

  static boolean of(ByteBuffer text) {
    int digits = 0;
    for (int at = 0; at < text.limit(); at++) {
      int b = text.get(at);
      if ((b == '@' || b < 0) && isAddressSign(text, at)) {
        return true;
      }
      boolean digit = (b >= '0' && b <= '9') || (b < 0 && mayBeDigit(b & 0xFF));
      if (digit && ++digits >= DIGITS) {
        return true;
      }
    }
    return false;
  }

  /** An at sign, or U+FF20 or U+FE6B, which Asian keyboards write, with something at both sides. */
  private static boolean isAddressSign(ByteBuffer text, int at) {
    int b = text.get(at);
    if (b == '@') {
      return at > 0 && text.get(at - 1) != ' ' && at + 1 < text.limit() && text.get(at + 1) != ' ';
    }
    if ((b & 0xFF) != 0xEF || at + 2 >= text.limit()) {
      return false;
    }
    int rest = (text.get(at + 1) & 0xFF) << 8 | (text.get(at + 2) & 0xFF);
    return rest == 0xBCA0 || rest == 0xB9AB;
  }

  /** The first bytes of all characters of other scripts among which there are digits. */
  private static boolean mayBeDigit(int first) {
    return switch (first) {
      case 0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xEF -> true;
      default -> false;
    };
  }
}
