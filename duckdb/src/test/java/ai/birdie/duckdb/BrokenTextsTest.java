package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RowBatches;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text of bytes that are no text. */
class BrokenTextsTest {

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
  void case43TextThatIsNotUtf8GoesIntoQuarantineWithItsStrayBytesSpelt(String others) {
    land(1, allocator -> new InvalidText(allocator, Stores.rows(others, 1, 9)));

    assertThat(query("SELECT count(*), count(*) FILTER (text LIKE '" + others + "%') FROM review"))
        .containsExactly(List.of(7L, 7L));
    assertThat(
            query(
                "SELECT record->>'feedback_id', record->>'text', violations::VARCHAR FROM quarantine"))
        .containsExactly(List.of("r-8", "b\\xC3(", "['text:not-text:not-utf8']"));
    assertHolds();
  }

  @Test
  void staysInQuarantineWhateverTheMappingUntilTheSourceIsMended() {
    land(1, allocator -> new InvalidText(allocator, Stores.rows("text", 1, 9)));
    judge(Stores.REVIEWS.mapped(new Mapping(new TreeMap<>(), Set.of("rating"))));
    judge(Stores.REVIEWS);

    assertThat(query("SELECT violations::VARCHAR FROM quarantine"))
        .containsExactly(List.of("['text:not-text:not-utf8']"));

    land(
        2, allocator -> RowBatches.of(allocator, List.of(FeedbackRow.of("r-8", "mended", 3, 150))));
    assertThat(query("SELECT * FROM quarantine")).isEmpty();
    assertThat(query("SELECT text FROM review WHERE feedback_id = 'r-8'"))
        .containsExactly(List.of("mended"));
    assertHolds();
  }

  private void judge(Feed feed) {
    try (Stores stores = new Stores();
        DuckStore store = stores.open(home)) {
      store.judge(feed);
    }
  }

  private void land(int hour, Function<BufferAllocator, BatchReader> rows) {
    Window window =
        new Window.Range(
            new Horizon(Instant.EPOCH.plusSeconds(hour * 3_600L), CursorScale.TIMESTAMP),
            new Interval(0, 200));
    try (BufferAllocator allocator = new RootAllocator();
        Store store = DuckStore.open(home, allocator, Stores.CLOCK, RunListener.NONE);
        BatchReader batches = rows.apply(allocator);
        Landing landing = store.begin(Stores.REVIEWS, window)) {
      ControlTotal asked = new ControlTotal("control", landing.land(batches));
      landing.commit(batches.proof(), new Control(asked, Control.Standing.PROVED));
    }
  }

  private List<List<@Nullable Object>> query(String sql) {
    try (StoreReader reader = StoreReader.open(home)) {
      return Stores.query(reader, sql);
    }
  }

  private void assertHolds() {
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(reader.verify().failure()).isEmpty();
    }
  }

  @Test
  void marksTheRowsOfWhichSomeNestedTextIsBroken() {
    try (BufferAllocator allocator = new RootAllocator();
        ListVector lists = ListVector.empty("tags", allocator);
        BigIntVector hashes = new BigIntVector(BatchReader.ROW_HASH, allocator)) {
      UnionListWriter writer = lists.getWriter();
      for (int row = 0; row < 4; row++) {
        writer.setPosition(row);
        writer.startList();
        for (int i = 0; i < row; i++) {
          byte[] text =
              row == 2 && i == 1 ? new byte[] {(byte) 0xFF, 'x'} : "naïve".getBytes(UTF_8);
          try (ArrowBuf buffer = allocator.buffer(text.length)) {
            buffer.setBytes(0, text);
            writer.writeVarChar(0, text.length, buffer);
          }
        }
        writer.endList();
      }
      lists.setValueCount(4);
      hashes.allocateNew(4);
      for (int row = 0; row < 4; row++) {
        hashes.set(row, row * 10L);
      }
      hashes.setValueCount(4);

      try (VectorSchemaRoot batch = VectorSchemaRoot.of(lists, hashes)) {
        BrokenTexts texts =
            new BrokenTexts(
                Stores.REVIEWS,
                new Window.Range(
                    new Horizon(Instant.EPOCH, CursorScale.TIMESTAMP), new Interval(0, 1)));
        texts.mend(batch);

        assertThat(lists.getObject(2)).asString().isEqualTo("[\"naïve\",\"\\\\xFFx\"]");
        assertThat(marked(texts)).containsExactly(20L);
      }
    }
  }

  /** Of rows with hashes from 0 to 30, which are marked. */
  private List<Long> marked(BrokenTexts texts) {
    try (Database database = Database.inMemory()) {
      database.execute(
          "CREATE TABLE rows AS SELECT range * 10 AS _row_hash, NULL::VARCHAR[] AS _violations FROM range(4)");
      texts.mark(database, "rows", "true");
      return database.rows(
          row -> row.getLong(1),
          "SELECT _row_hash FROM rows WHERE _violations = ['tags:not-text:not-utf8']");
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
