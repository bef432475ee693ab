package ai.birdie.duckdb;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;

import org.apache.arrow.memory.ArrowBuf;

/**
 * What bytes are UTF-8, by table 3-7 of the Unicode standard. Bytes are read where they lie, once
 * their range is known to be inside the buffer: all texts that are landed come through here.
 */
final class Utf8 {

  private static final long BEYOND_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /**
   * Whether all of the bytes from {@code start} to before {@code end} are whole characters.
   *
   * @throws IndexOutOfBoundsException if the buffer does not hold them
   */
  static boolean isValid(ArrowBuf buffer, long start, long end) {
    buffer.checkBytes(start, end);
    long last = buffer.memoryAddress() + end;
    long at = buffer.memoryAddress() + start;
    while (at < last) {
      at = asciiEnd(at, last);
      if (at < last) {
        int length = character(at, last);
        if (length == 0) {
          return false;
        }
        at += length;
      }
    }
    return true;
  }

  /** Whether none of the bytes is beyond ASCII, so that each is a character. */
  static boolean isAscii(ArrowBuf buffer, long start, long end) {
    buffer.checkBytes(start, end);
    long last = buffer.memoryAddress() + end;
    return asciiEnd(buffer.memoryAddress() + start, last) == last;
  }

  /** The address of the first byte beyond ASCII; {@code last} if there is none. */
  private static long asciiEnd(long start, long last) {
    long at = start;
    while (at + 4 * Long.BYTES <= last && isAscii(at)) {
      at += 4 * Long.BYTES;
    }
    while (at + Long.BYTES <= last && (getLong(at) & BEYOND_ASCII) == 0) {
      at += Long.BYTES;
    }
    while (at < last && getByte(at) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean isAscii(long at) {
    long together = getLong(at) | getLong(at + 8) | getLong(at + 16) | getLong(at + 24);
    return (together & BEYOND_ASCII) == 0;
  }

  /** Whether a byte goes on with a character that another one began. */
  static boolean goesOn(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /**
   * How many bytes the character has that begins at {@code start} and ends before {@code end}; 0 if
   * there is none.
   */
  static int character(ArrowBuf buffer, long start, long end) {
    buffer.checkBytes(start, end);
    return character(buffer.memoryAddress() + start, buffer.memoryAddress() + end);
  }

  private static int character(long at, long last) {
    int first = getByte(at) & 0xFF;
    int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first > 0xF4 || at + length > last) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if (!goesOn(getByte(at + i))) {
        return 0;
      }
    }
    return length < 3 || second(first, getByte(at + 1) & 0xFF) ? length : 0;
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
