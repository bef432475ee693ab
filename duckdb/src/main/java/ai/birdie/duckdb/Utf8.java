package ai.birdie.duckdb;

import java.nio.ByteBuffer;

/** What bytes are UTF-8, by table 3-7 of the Unicode standard. */
final class Utf8 {

  private static final long BEYOND_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /** Whether all of the bytes, from the first to the limit, are whole characters. */
  static boolean isValid(ByteBuffer bytes) {
    int at = 0;
    int end = bytes.limit();
    while (at < end) {
      if (at + Long.BYTES <= end && (bytes.getLong(at) & BEYOND_ASCII) == 0) {
        at += Long.BYTES;
      } else {
        int length = character(bytes, at, end);
        if (length == 0) {
          return false;
        }
        at += length;
      }
    }
    return true;
  }

  /** Whether a byte goes on with a character that another one began. */
  static boolean goesOn(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** How many bytes the character has that begins there; 0 if none does. */
  private static int character(ByteBuffer bytes, int at, int end) {
    int first = bytes.get(at) & 0xFF;
    int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first > 0xF4 || at + length > end) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if (!goesOn(bytes.get(at + i))) {
        return 0;
      }
    }
    return length < 3 || second(first, bytes.get(at + 1) & 0xFF) ? length : 0;
  }

  /** Neither longer than it need be, nor half of a surrogate pair, nor beyond U+10FFFF. */
  private static boolean second(int first, int second) {
    return switch (first) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
  }
}
