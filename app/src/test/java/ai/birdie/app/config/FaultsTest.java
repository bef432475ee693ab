package ai.birdie.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a file that is wrong, and where. */
class FaultsTest {

  @TempDir Path folder;

  @Test
  void everyFaultIsReportedAtOnceInTheOrderOfTheFile() {
    String text =
        """
        {
          "connection_details": {
            "host": "http://example.com",
            "warehouseid": "abc",
            "auth": {"method": "pat"}
          },
          "data_source": {
            "catalog": "",
            "schema": 7,
            "table": "t",
            "table": "t2"
          },
          "metadata": {"data_kind": "NPS, Revue", "partition_column": "x"},
          "ingestion": {"lag": "1 hour", "window_rows": 0, "start": "2026-02-30"}
        }
        """;
    assertThat(faults(text))
        .extracting(Fault::toString)
        .containsExactly(
            "bad.json:3:13 /connection_details/host must be the workspace's https URL on a domain of"
                + " Databricks, without a path, such as https://dbc-xxxx.cloud.databricks.com",
            "bad.json:4:5 /connection_details/warehouseid is not a key that Birdie knows here; did"
                + " you mean \"warehouse_id\"?",
            "bad.json:5:13 /connection_details/auth must have \"personal_access_token\": a personal"
                + " access token, without spaces (for the method pat)",
            "bad.json:8:16 /data_source/catalog must be the name of a catalog of Unity Catalog,"
                + " without dots, 1 to 255 characters",
            "bad.json:9:15 /data_source/schema must be the name of a schema, without dots, 1 to"
                + " 255 characters",
            "bad.json:11:5 /data_source/table must be given once, but this is the second time",
            "bad.json:13:29 /metadata/data_kind must name kinds of record, but number 2 is none; did"
                + " you mean \"Review\"?",
            "bad.json:13:43 /metadata/partition_column is not a key that Birdie knows here; it"
                + " belongs in /data_source",
            "bad.json:14:24 /ingestion/lag must be an ISO 8601 duration of days, hours, minutes, and"
                + " seconds, such as PT1H or P2D",
            "bad.json:14:49 /ingestion/window_rows must be a whole number from 1 to 100000000",
            "bad.json:14:61 /ingestion/start must be a date or an instant with its offset, such as"
                + " 2026-01-31 or 2026-01-31T08:00:00Z");
  }

  @Test
  void exceptionHasALineForEachFault() {
    Path file = Sample.oauth().without("/metadata").without("/data_source/table").in(folder);
    assertThatThrownBy(() -> reader().read(file))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              assertThat(e).message().hasLineCount(2).matches("(.* must have .*\n?){2}");
              assertThat(e.remedy()).get().asString().contains("connection-file.md");
            });
  }

  @Test
  void manyFaultsAreCutShort() {
    String keys = "\"k\": [], ".repeat(100_000);
    Path file = bad("{" + keys + "\"z\": 1}");
    assertThatThrownBy(() -> reader().read(file))
        .hasMessageEndingWith(" more")
        .message()
        .hasLineCount(51);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~|1:1|one JSON object, but the file is empty",
        "~  ~|1:1|one JSON object, but the file is empty",
        "{|1:2|the file ends in the middle of it",
        "{\"a\": \"xyz|1:11|the file ends in the middle of it",
        "{\"a\"|1:5|the file ends in the middle of it",
        "{a: 1}|1:2|expected here is a key in double quotes, or }",
        "{\"a\" 1}|1:6|expected here is a colon",
        "{\"b\": \"x\", \"a\" \"y\"}|1:16|expected here is a colon",
        "{\"a\":}|1:6|expected here is a value: text in double quotes",
        "{\"a\": https}|1:7|expected here is a value: text in double quotes",
        "{\"a\": 'x'}|1:7|expected here is a value: text in double quotes",
        "{\"a\": \u201cx\u201d}|1:7|expected here is a value: text in double quotes",
        "{\"a\": 1 \"b\": 2}|1:9|expected here is a comma or }",
        "{\"a\": \"x\" \"b\": 2}|1:11|expected here is a comma or }",
        "{\"a\": 1,}|1:9|expected here is a key in double quotes",
        "{\"a\": [1 2]}|1:10|expected here is a comma or ]",
        "{\"a\": [1,]}|1:10|expected here is a value",
        "{\"a\": [}]|1:8|expected here is a value, or ]",
        "{\"a\": 1]|1:8|expected here is a comma or }",
        "{\"a\": 01}|1:8|expected here is a number",
        "{\"a\": 1.}|1:8|expected here is a number",
        "{\"a\": -}|1:8|expected here is a number",
        "{\"a\": \"\\q\"}|1:9|expected here is text with",
        "{\"a\": 1}}|1:9|expected here is the end of the file",
        "{} {}|1:4|must end after its one JSON object",
        "// no|1:1|expected here is one JSON object",
        "[]|1:1|must be one JSON object, in { and }",
        "\"x\"|1:1|must be one JSON object, in { and }"
      })
  void whatIsNotJsonIsOneFault(String text, String place, String expected) {
    assertThat(faults(text))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.line() + ":" + fault.column()).isEqualTo(place);
          assertThat(fault.pointer()).isEmpty();
          assertThat(fault.expected()).contains(expected);
        });
  }

  @Test
  void linesAndColumnsCountCharacters() {
    assertThat(faults("{\n\t\"é😀\": [1,\n  2 3]}"))
        .singleElement()
        .extracting(Fault::toString)
        .isEqualTo("bad.json:3:5 must be JSON: expected here is a comma or ]");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(faults("{\"a\":" + "[".repeat(100_000)))
        .singleElement()
        .extracting(Fault::expected)
        .asString()
        .contains("nested too deep");
  }

  @Test
  void hugeNumbersAreRefused() {
    for (String number : List.of("1e999999999", "-1e400", "9".repeat(900), "1.5", "1e-5")) {
      Path file = Sample.oauth().with("/ingestion/window_rows", number).in(folder);
      assertThat(faults(file))
          .singleElement()
          .extracting(Fault::pointer)
          .isEqualTo("/ingestion/window_rows");
    }
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path missing = folder.resolve("missing.json");
    assertThat(faults(missing))
        .singleElement()
        .extracting(Fault::toString)
        .isEqualTo(missing + " must be a file that exists");
    assertThat(faults(folder))
        .singleElement()
        .extracting(Fault::expected)
        .isEqualTo("must be a file, but is a directory");
    Path huge = Files.write(folder.resolve("huge.json"), new byte[1024 * 1024 + 1]);
    assertThat(faults(huge))
        .singleElement()
        .extracting(Fault::expected)
        .isEqualTo("must have at most 1 MiB");
    Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'{', (byte) 0xe9, '}'});
    assertThat(faults(latin))
        .singleElement()
        .extracting(Fault::expected)
        .isEqualTo("must be text in UTF-8");
    Path utf16 = Files.write(folder.resolve("utf16.json"), "{}".getBytes(StandardCharsets.UTF_16));
    assertThat(faults(utf16))
        .singleElement()
        .extracting(Fault::expected)
        .isEqualTo("must be text in UTF-8");
    Path marked = Sample.write(folder.resolve("bom.json"), "\uFEFF{}");
    assertThat(faults(marked))
        .singleElement()
        .extracting(Fault::toString)
        .isEqualTo(marked + ":1:1 must be saved as UTF-8 without a byte order mark");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/connection_details",
        "/connection_details/host",
        "/connection_details/warehouse_id",
        "/connection_details/auth",
        "/connection_details/auth/client_id",
        "/connection_details/auth/client_secret",
        "/data_source",
        "/data_source/schema",
        "/data_source/table",
        "/metadata",
        "/metadata/data_kind"
      })
  void whatIsRequiredIsMissed(String pointer) {
    String key = pointer.substring(pointer.lastIndexOf('/') + 1);
    assertThat(faults(Sample.oauth().without(pointer).in(folder)))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.pointer()).isEqualTo(Pointer.parent(pointer));
          assertThat(fault.expected()).startsWith("must have \"" + key + "\": ");
        });
  }

  @Test
  void methodDecidesWhatIsRequired() {
    Sample token = Sample.pat().without("/connection_details/auth/personal_access_token");
    assertThat(faults(token.in(folder)))
        .singleElement()
        .extracting(Fault::expected)
        .asString()
        .contains("\"personal_access_token\"");
    Sample none = Sample.oauth().with("/connection_details/auth", "{}");
    assertThat(faults(none.in(folder)))
        .extracting(Fault::expected)
        .satisfiesExactly(
            id -> assertThat(id).contains("\"client_id\""),
            secret -> assertThat(secret).contains("\"client_secret\""));
    Sample unknown = Sample.oauth().with("/connection_details/auth", "{'method': 'saml'}");
    assertThat(faults(unknown.in(folder)))
        .singleElement()
        .extracting(Fault::expected)
        .isEqualTo("must be \"oauth\" or \"pat\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/$schema | 1",
        "/connection_details | []",
        "/connection_details/host | 1",
        "/connection_details/host | ''",
        "/connection_details/host | 'dbc-1.cloud.databricks.com'",
        "/connection_details/host | 'https://dbc-1.cloud.databricks.com/sql'",
        "/connection_details/host | 'https://u@dbc-1.cloud.databricks.com'",
        "/connection_details/host | 'https://databricks.com.evil.example'",
        "/connection_details/host | 'http://dbc-1.cloud.databricks.com'",
        "/connection_details/warehouse_id | null",
        "/connection_details/warehouse_id | '/sql/1.0/warehouses/abc'",
        "/connection_details/auth | 'oauth'",
        "/connection_details/auth/method | 'OAuth'",
        "/connection_details/auth/client_id | ''",
        "/connection_details/auth/client_id | 'a:b'",
        "/connection_details/auth/client_secret | ''",
        "/connection_details/auth/client_secret | 'a b'",
        "/connection_details/auth/client_secret | 'a\\n'",
        "/data_source/catalog | null",
        "/data_source/schema | ' '",
        "/data_source/table | 'a\\u0000b'",
        "/data_source/table | 'a\\n'",
        "/data_source/partition_column | ''",
        "/metadata/data_kind | ['NPS']",
        "/metadata/data_kind | ''",
        "/metadata/data_kind | 'NPS,'",
        "/metadata/data_kind | 'NPS, nps'",
        "/metadata/data_kind | 'Complaint'",
        "/metadata/kind_column | ''",
        "/ingestion | null",
        "/ingestion/name | 'a b'",
        "/ingestion/name | '.a'",
        "/ingestion/start | 'yesterday'",
        "/ingestion/start | '2026-01-31T08:00:00'",
        "/ingestion/start | '2026-13-01'",
        "/ingestion/lag | '-PT1H'",
        "/ingestion/lag | 'PT-1H'",
        "/ingestion/lag | 'P1M'",
        "/ingestion/lag | 'PT'",
        "/ingestion/lag | 'P'",
        "/ingestion/settle | 5",
        "/ingestion/mode | 'stream'",
        "/ingestion/order | 'random'",
        "/ingestion/key | 'id'",
        "/ingestion/key | []",
        "/ingestion/cursor_zone | 'Mars/Base'",
        "/ingestion/cursor_unit | 'nanoseconds'",
        "/ingestion/cursor_pattern | 'dd.MM.yyyy'",
        "/ingestion/cursor_pattern | 'yyyy-MM-dd HH:ss'",
        "/ingestion/window_rows | 0",
        "/ingestion/window_rows | 100000001",
        "/ingestion/window_rows | '5'",
        "/ingestion/redact | 'text'",
        "/ingestion/redact | []",
        "/ingestion/redact | ['text', 'Message_ID']"
      })
  void whatIsWrongIsOneFault(String pointer, String json) {
    assertThat(faults(Sample.oauth().with(pointer, json).in(folder)))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.pointer()).isEqualTo(pointer);
          assertThat(fault.line()).isPositive();
          assertThat(fault.expected()).startsWith("must ");
        });
  }

  @Test
  void faultsInAListNameTheElement() {
    assertThat(faults(Sample.oauth().with("/ingestion/key", "['a', '']").in(folder)))
        .singleElement()
        .extracting(Fault::pointer)
        .isEqualTo("/ingestion/key/1");
    assertThat(faults(Sample.oauth().with("/ingestion/key", "['a', 'a']").in(folder)))
        .singleElement()
        .extracting(Fault::expected)
        .isEqualTo("must be a list of 1 to 16 different column names");
  }

  @ParameterizedTest
  @CsvSource({
    "/connection_details/hots, did you mean \"host\"?",
    "/connection_details/HOST, did you mean \"host\"?",
    "/connection_details/warehouseId, did you mean \"warehouse_id\"?",
    "/data_source/partition-column, did you mean \"partition_column\"?",
    "/data_source/tabel, did you mean \"table\"?",
    "/metadata/kind, 'known here are data_kind, kind_file, kind_column'",
    "/metadata/lag, it belongs in /ingestion",
    "/connection_details/client_id, it belongs in /connection_details/auth",
    "/ingest, did you mean \"ingestion\"?"
  })
  void unknownKeysNameTheNearest(String pointer, String hint) {
    assertThat(faults(Sample.oauth().with(pointer, "1").in(folder)))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.pointer()).isEqualTo(pointer);
          assertThat(fault.expected()).endsWith(hint);
        });
  }

  @Test
  void keysGivenTwiceAreFoundAtEveryDepth() {
    String text = "{\"a\": 1, \"a\": {\"b\": 1,\n\"b\": [{\"c\": 1, \"c\": 2}]}}";
    assertThat(faults(text))
        .filteredOn(fault -> fault.expected().contains("second time"))
        .extracting(fault -> fault.line() + ":" + fault.column() + " " + fault.pointer())
        .containsExactly("1:10 /a", "2:1 /a/b", "2:16 /a/b/0/c");
  }

  @Test
  void keysAreShownWithoutWhatCannotBePrinted() {
    assertThat(faults(Sample.oauth().with("/a~1b~0\u001b[31m\u202e", "1").in(folder)))
        .singleElement()
        .extracting(Fault::toString)
        .asString()
        .contains(" /a~1b~0\\u001b[31m\\u202e is not a key");
  }

  @Test
  void referenceTablesNeedAKey() {
    Sample sample = Sample.oauth().withText("/metadata/data_kind", "Reference");
    assertThat(faults(sample.in(folder)))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.pointer()).isEmpty();
          assertThat(fault.expected())
              .startsWith("must have \"ingestion\" with \"key\", the columns");
        });
    assertThat(faults(sample.with("/ingestion/lag", "'PT1H'").in(folder)))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.pointer()).isEqualTo("/ingestion");
          assertThat(fault.expected()).startsWith("must have \"key\", the columns");
        });
  }

  @Test
  void feedsNeedANameThatCanBeOne() {
    Path file = Sample.oauth().in(folder);
    Path spaced = folder.resolve("my tickets.json");
    assertThat(file.toFile().renameTo(spaced.toFile())).isTrue();
    assertThat(faults(spaced))
        .singleElement()
        .extracting(Fault::expected)
        .asString()
        .startsWith("must have \"ingestion\" with \"name\", because the file's own name is not");
    Sample many =
        Sample.oauth()
            .withText("/ingestion/name", "n".repeat(95))
            .withText("/metadata/data_kind", "NPS, Support Ticket");
    assertThat(faults(many.in(folder)))
        .singleElement()
        .extracting(Fault::pointer)
        .isEqualTo("/ingestion/name");
  }

  private Path bad(String text) {
    return Sample.write(folder.resolve("bad.json"), text);
  }

  private List<Fault> faults(String text) {
    return faults(bad(text)).stream()
        .map(f -> new Fault("bad.json", f.line(), f.column(), f.pointer(), f.expected()))
        .toList();
  }

  private static List<Fault> faults(Path file) {
    return switch (reader().reading(file)) {
      case Reading.Faulty(List<Fault> faults) -> faults;
      case Reading.Valid _ -> List.of();
    };
  }

  private static ConnectionFiles reader() {
    return new ConnectionFiles(Map.of(), HostRule.PUBLIC);
  }
}
