package ai.birdie.bench.recording;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A row of the recorded table. Every value follows from the row's number: keys come in random
 * order, the cursor rises by a second a row.
 */
record Row(long number) {

  /** The cursor of the first row, in microseconds since 1970. */
  static final long FIRST_CURSOR = 1_700_000_000_000_000L;

  static final long CURSOR_STEP = 1_000_000;

  private static final byte[][] WORDS =
      bytes(
          ("the delivery was late but support answered quickly and I would order again because"
                  + " price quality checkout app login invoice refund broken screen battery"
                  + " update after two weeks still waiting for an answer from your team please"
                  + " improve search filters dashboard export integration with our warehouse"
                  + " overall great product easy setup slow loading on mobile great documentation")
              .split(" "));

  private static final int FEWEST_WORDS = 18;
  private static final int MORE_WORDS = 24;

  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "ja");

  private static byte[][] bytes(String[] words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }

  /** The row's position on the cursor's scale. */
  long cursor() {
    return FIRST_CURSOR + number * CURSOR_STEP;
  }

  /** Bits that look random, others for each {@code salt}. Source: SplitMix64's finalizer. */
  long bits(long salt) {
    long z = number * 0x9e3779b97f4a7c15L + salt * 0xd1342543de82ef95L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** What stands for the hash of a warehouse where nobody computes it again. */
  long hash() {
    return bits(17);
  }

  /** A number from 0 up to, but without, {@code bound}. */
  int below(int bound, long salt) {
    return (int) Long.remainderUnsigned(bits(salt), bound);
  }

  String language(long salt) {
    return LANGUAGES.get(below(LANGUAGES.size(), salt));
  }

  /** Some sentences' worth of words. */
  void prose(TextBuffer text, long salt) {
    int words = FEWEST_WORDS + below(MORE_WORDS, salt);
    long random = 0;
    for (int i = 0; i < words; i++) {
      if (i % 8 == 0) {
        random = bits(salt + 1 + i);
      }
      if (i > 0) {
        text.add(' ');
      }
      text.add(WORDS[(int) ((random & 0xff) % WORDS.length)]);
      random >>>= 8;
    }
  }
}
