package ai.birdie.app.grid;

import static ai.birdie.app.grid.Step.API;
import static ai.birdie.app.grid.Step.DECODE;
import static ai.birdie.app.grid.Step.DOWNLOAD;
import static ai.birdie.app.grid.Step.LINK;
import static ai.birdie.app.grid.Step.POLL;
import static ai.birdie.app.grid.Step.RESULT;
import static ai.birdie.app.grid.Step.SUBMIT;
import static ai.birdie.app.grid.Step.TOKEN;
import static ai.birdie.app.grid.Step.WITH_TOKEN;
import static ai.birdie.app.grid.Trouble.ALWAYS;
import static ai.birdie.app.grid.Trouble.ONCE;
import static ai.birdie.app.grid.Trouble.armed;
import static ai.birdie.app.grid.Trouble.proxied;
import static ai.birdie.app.grid.Trouble.table;
import static ai.birdie.app.grid.Why.NO_JSON;
import static ai.birdie.app.grid.Why.NO_STATEMENT;
import static ai.birdie.app.grid.Why.SUBMIT_FIRST;

import ai.birdie.testkit.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Faults 10 and 37 to 44: what chunks hold, what answers hold, and what the table holds. */
final class DataFaults {

  private static final String DAMAGED = "a chunk's Arrow is damaged";
  private static final String NOT_LZ4 = "a chunk cannot be decompressed";

  private static final String ROWS =
      "SELECT concat('r-', id) AS feedback_id, concat('text ', id) AS text,"
          + " timestamp_micros(1760000000000000 + id) AS updated_at";

  private DataFaults() {}

  static List<Row> rows() {
    return Stream.of(chunks(), json(), columns(), values()).flatMap(List::stream).toList();
  }

  private static List<Row> chunks() {
    return List.of(
        damagedChunk(
            10,
            "a chunk is a bomb in LZ4",
            armed("lz4_bomb", ALWAYS, Map.of()),
            "a chunk's Arrow stream has no schema"),
        decoded("a byte is another one", armed("corrupt_chunk", ALWAYS, Map.of()), DAMAGED),
        decoded("the file ends too early", armed("short_chunk", ALWAYS, Map.of()), NOT_LZ4),
        decoded(
            "the file is empty",
            damaged(file -> new byte[0]),
            "a chunk's Arrow stream stops without its end-of-stream mark"),
        decoded(
            "the magic number is another one",
            damaged(DataFaults::withoutMagic),
            "a chunk's Arrow stream declares a message of"),
        decoded(
            "the file goes on after its end",
            damaged(f -> Arrays.copyOf(f, f.length + 9)),
            NOT_LZ4),
        decoded(
            "the file is there twice",
            damaged(DataFaults::twice),
            "a chunk's Arrow stream goes on after its end"),
        decoded("a type that Arrow does not know", damaged(RetypedChunks::unknown), DAMAGED),
        retyped("texts as Arrow's newer Utf8View", ArrowType.Utf8View.INSTANCE),
        retyped("texts as durations", new ArrowType.Duration(TimeUnit.MICROSECOND)),
        retyped("texts as nothing but NULL", ArrowType.Null.INSTANCE),
        Row.of(37, "several LZ4 frames", armed("several_frames", ALWAYS, Map.of()))
            .right(DECODE)
            .never(SUBMIT_FIRST, TOKEN, SUBMIT, POLL, LINK, DOWNLOAD));
  }

  private static Row decoded(String what, Trouble trouble, String words) {
    return damagedChunk(37, "a chunk: " + what, trouble, words);
  }

  private static Row retyped(String what, ArrowType type) {
    return Row.of(37, "a chunk: " + what, damaged(chunk -> RetypedChunks.as(type, chunk)))
        .fails(6, "the column text is declared as STRING and came as " + type, DECODE)
        .never(SUBMIT_FIRST, TOKEN, SUBMIT, POLL, LINK, DOWNLOAD);
  }

  private static Row damagedChunk(int number, String what, Trouble trouble, String words) {
    return Row.of(number, what, trouble)
        .fails(6, words, DECODE)
        .never(SUBMIT_FIRST, TOKEN, SUBMIT, POLL, LINK, DOWNLOAD);
  }

  private static Trouble damaged(UnaryOperator<byte[]> damage) {
    return proxied(Fault.damage(damage), ALWAYS);
  }

  private static byte[] withoutMagic(byte[] file) {
    byte[] other = file.clone();
    other[0] ^= 1;
    return other;
  }

  private static byte[] twice(byte[] file) {
    byte[] both = Arrays.copyOf(file, 2 * file.length);
    System.arraycopy(file, 0, both, file.length, file.length);
    return both;
  }

  private static List<Row> json() {
    String deep = "{\"a\":" + "[".repeat(100_000);
    return List.of(
        text("100,000 brackets deep", Fault.status(200, "application/json", deep)),
        text(
            "a number of 10,000 digits",
            Fault.rewrite("^\\{", "{\"row_limit\":" + "9".repeat(10_000) + ",")),
        text("it ends too early", Fault.rewrite("}$", "")),
        Row.of(
                38,
                "JSON: a key twice",
                proxied(Fault.rewrite("^\\{(\"[a-z_]+\":)", "{$1null,$1"), ONCE))
            .right(TOKEN)
            .fails(4, "did not answer with JSON", WITH_TOKEN)
            .never(NO_JSON, DOWNLOAD, DECODE),
        Row.of(38, "JSON: more after its end", proxied(Fault.rewrite("}$", "}}"), ONCE))
            .right(TOKEN)
            .fails(4, "did not answer with JSON", WITH_TOKEN)
            .never(NO_JSON, DOWNLOAD, DECODE),
        text("nothing", Fault.status(200, "application/json", "")),
        text("null", Fault.status(200, "application/json", "null")));
  }

  private static Row text(String what, Fault fault) {
    return Row.of(38, "JSON: " + what, proxied(fault, ONCE))
        .fails(4, "did not answer with JSON", API)
        .never(NO_JSON, DOWNLOAD, DECODE);
  }

  private static List<Row> columns() {
    return List.of(
        column(
            "a column is missing",
            Fault.rewrite("\\{\"name\":\"text\".*?\\},", ""),
            "the manifest declares 5 columns and lists 4"),
        column(
            "a column is renamed",
            Fault.rewrite("\"name\":\"text\"", "\"name\":\"txt\""),
            "the column text was selected, and another one came"),
        column(
            "a column has another type",
            Fault.rewrite("(\"name\":\"text\",\"type_text\":)\"STRING\"", "$1\"INT\""),
            "the column text is declared as INT and came as Utf8"),
        Row.of(
                39,
                "a column is gone since the run began",
                armed("failed", ALWAYS, Map.of("sql_state", "42703")))
            .fails(2, "a column is not there", RESULT)
            .never(NO_STATEMENT, TOKEN, LINK, DOWNLOAD, DECODE));
  }

  private static Row column(String what, Fault fault, String words) {
    return Row.of(39, what + " in the result", proxied(fault, ALWAYS))
        .fails(6, words, RESULT)
        .never(NO_STATEMENT, TOKEN, LINK, DOWNLOAD, DECODE);
  }

  private static List<Row> values() {
    return List.of(
        held(
            40,
            "keys that are NULL or empty",
            "null_key",
            ROWS.replace(
                    "concat('r-', id)",
                    "CASE id % 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE concat('r-', id) END")
                + " FROM range(30)"),
        Row.of(41, "a key twice, of which the newer row is kept", DataFaults::twins)
            .right(DECODE)
            .never(SUBMIT_FIRST, TOKEN, SUBMIT, POLL, LINK, DOWNLOAD),
        held(
            42,
            "cursors that are NULL, ancient, or far ahead",
            "cursors",
            ROWS.replace(
                    "timestamp_micros(1760000000000000 + id)",
                    "CASE id % 3 WHEN 0 THEN NULL WHEN 1 THEN TIMESTAMP'0001-01-01 00:00:00Z' ELSE TIMESTAMP'9999-12-31 00:00:00Z' END")
                + " FROM range(30)"),
        held(
            43,
            "NUL, right-to-left marks, emoji, control characters",
            "letters",
            ROWS.replace(
                    "concat('text ', id)",
                    "concat(char(0), '\\u202e\\u200d\\ud83d\\ude00\\u0301', char(id))")
                + " FROM range(300)"),
        held(
            44,
            "a text of 10 MiB",
            "large_text",
            ROWS.replace("concat('text ', id)", "repeat('0123456789abcdef', 655360)")
                + " FROM range(1)"));
  }

  /** Every key twice; what is to be kept is what is in the table afterwards. */
  private static void twins(Scene scene, Step step) {
    String twins = ROWS.replace("concat('r-', id)", "concat('r-', id div 2)") + " FROM range(30)";
    scene.table("fault_grid_twins", twins);
    scene.afterwards(
        "fault_grid_twins", "SELECT * FROM (" + twins + ") WHERE text RLIKE '[13579]$'");
  }

  private static Row held(int number, String what, String name, String select) {
    return Row.of(number, what, table(name, select))
        .right(DECODE)
        .never(SUBMIT_FIRST, TOKEN, SUBMIT, POLL, LINK, DOWNLOAD);
  }
}
