package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ContractException;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text of bytes that are no text. */
class InvalidTextTest {

  private static final int[] BYTES = {
    'a', 'b', 'c', 'd', 'e', 'f', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
    0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
  };

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "naïve"}) // DuckDB by itself refuses the one and stores the other
  void case43TextThatIsNotUtf8LandsNothingAndSaysWhereToLook(String others) {
    Window window =
        new Window.Range(
            new Horizon(Instant.parse("2026-01-01T00:00:00Z"), CursorScale.TIMESTAMP),
            new Interval(0, 100));
    try (BufferAllocator allocator = new RootAllocator();
        Store store = DuckStore.open(home, allocator, Stores.CLOCK, RunListener.NONE)) {
      try (BatchReader batches = new InvalidText(allocator, Stores.rows(others, 1, 9));
          Landing landing = store.begin(Stores.REVIEWS, window)) {
        assertThatThrownBy(() -> landing.land(batches))
            .isInstanceOf(ContractException.class)
            .hasMessage(
                "The column text of main.voc.review holds text that is not UTF-8, in the window"
                    + " [1970-01-01T00:00Z, 1970-01-01T00:00:00.000100Z) of reviews: nothing of that"
                    + " window was landed.")
            .extracting(e -> ((ContractException) e).remedy().orElseThrow())
            .asString()
            .contains("WHERE NOT is_valid_utf8(`text`)");
      }
      assertThat(store.coverage(Stores.REVIEWS).intervals()).isEmpty();
    }
  }

  @Test
  void takesForUtf8WhatTheJdkTakesForIt() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int valid = 0;
    int ascii = 0;
    try (BufferAllocator allocator = new RootAllocator();
        ArrowBuf buffer = allocator.buffer(100)) {
      for (int draw = 0; draw < 200_000; draw++) {
        byte[] bytes = bytes(random);
        int start = random.nextInt(8);
        buffer.setBytes(start, bytes);
        boolean expected = decodes(bytes);
        valid += expected ? 1 : 0;
        boolean plain = isAscii(bytes);
        ascii += plain ? 1 : 0;
        String what = "%s, seed %d".formatted(HexFormat.of().formatHex(bytes), seed);
        assertThat(Utf8.isValid(buffer, start, start + bytes.length)).as(what).isEqualTo(expected);
        assertThat(Utf8.isAscii(buffer, start, start + bytes.length)).as(what).isEqualTo(plain);
      }
    }
    assertThat(valid).isBetween(1_000, 199_000);
    assertThat(ascii).isBetween(1_000, 199_000);
  }

  /** Letters, then some of the bytes on which the rules turn, then letters. */
  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(12) + (random.nextBoolean() ? 0 : random.nextInt(70))];
    Arrays.fill(bytes, (byte) 'a');
    int first = random.nextInt(Math.max(1, bytes.length - 11));
    for (int i = first; i < Math.min(first + 12, bytes.length); i++) {
      bytes[i] = (byte) BYTES[random.nextInt(BYTES.length)];
    }
    return bytes;
  }

  private static boolean isAscii(byte[] bytes) {
    return new String(bytes, ISO_8859_1).chars().allMatch(c -> c < 0x80);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
