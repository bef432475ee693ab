package ai.birdie.bench.recording;

import java.util.Arrays;

/** ASCII that is put together without garbage. */
final class TextBuffer {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[1024];
  private int length;

  TextBuffer clear() {
    length = 0;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  TextBuffer add(char ascii) {
    grow(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  TextBuffer add(byte[] more) {
    grow(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  TextBuffer add(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      add(ascii.charAt(i));
    }
    return this;
  }

  TextBuffer add(long number) {
    return add(Long.toString(number));
  }

  /** All 16 digits. */
  TextBuffer addHex(long bits) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      add((char) HEX[(int) (bits >>> shift) & 15]);
    }
    return this;
  }

  private void grow(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
