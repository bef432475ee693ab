package ai.birdie.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Mode;
import ai.birdie.core.feed.Order;
import ai.birdie.core.feed.Redaction;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.feed.TextPattern;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.databricks.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file that is right means. */
class ConnectionFilesTest {

  private static final String DOCUMENTED =
      """
      {
        "connection_details": {
          "host": "https://dbc-xxxx.cloud.databricks.com",
          "warehouse_id": "a1b2c3d4e5f6g7h8",
          "auth": {
            %s
          }
        },
        "data_source": {
          "catalog": "main",
          "schema": "default",
          "table": "birdie_export_table",
          "partition_column": "loaded_at"
        },
        "metadata": {
          "data_kind": "Support Ticket, NPS, Account"
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void documentedOauthExampleIsReadUnchanged() {
    Path file = folder.resolve("voc.json");
    Sample.write(
        file,
        DOCUMENTED.formatted(
            """
            "method": "oauth",
            "client_id": "your-service-principal-client-id",
            "client_secret": "your-service-principal-client-secret"
            """));

    Connection connection = read(file);

    assertThat(connection.workspace().host().name()).isEqualTo("dbc-xxxx.cloud.databricks.com");
    assertThat(connection.workspace().warehouseId()).isEqualTo("a1b2c3d4e5f6g7h8");
    assertThat(connection.workspace().credentials())
        .isInstanceOfSatisfying(
            Credentials.OAuth.class,
            oauth -> assertThat(oauth.clientId()).isEqualTo("your-service-principal-client-id"));
    assertThat(connection.feeds())
        .extracting(Feed::name)
        .containsExactly("voc.support_ticket", "voc.nps", "voc.account");
    assertThat(connection.table())
        .isEqualTo(new TableName(Optional.of("main"), "default", "birdie_export_table"));
    assertThat(connection.warnings())
        .extracting(Warning::pointer)
        .containsExactly(
            "/connection_details/host",
            "/connection_details/warehouse_id",
            "/connection_details/auth/client_id",
            "/connection_details/auth/client_secret");
  }

  @Test
  void documentedTokenExampleIsReadUnchanged() {
    Path file = folder.resolve("voc.json");
    Sample.write(
        file,
        DOCUMENTED.formatted(
            """
            "method": "pat",
            "personal_access_token": "your-personal-access-token"
            """));

    Connection connection = read(file);

    assertThat(connection.workspace().credentials())
        .isInstanceOf(Credentials.PersonalAccessToken.class);
    assertThat(connection.warnings())
        .extracting(Warning::pointer)
        .contains(
            "/connection_details/auth/method", "/connection_details/auth/personal_access_token");
  }

  @Test
  void defaultsAreThoseOfTheReference() {
    Connection connection = read(Sample.oauth());

    assertThat(connection.warnings()).isEmpty();
    assertThat(connection.feeds())
        .containsExactly(
            new Feed(
                "tickets",
                "dbc-0123.cloud.databricks.com",
                new TableName(Optional.of("main"), "voc", "tickets"),
                RecordKinds.SUPPORT_TICKET,
                List.of("conversation_id", "message_id"),
                new Cursor("loaded_at", Optional.empty(), Optional.empty()),
                Mapping.BY_NAME,
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(1),
                Duration.ZERO,
                Mode.AUTO,
                Optional.of(Duration.ofDays(1)),
                Order.OLDEST,
                1_000_000,
                0.05,
                new Redaction.None()));
  }

  @Test
  void everythingOptionalIsUsed() {
    Sample sample =
        Sample.oauth()
            .with("/$schema", "'./connection.schema.json'")
            .with("/metadata/kind_column", "'type'")
            .with("/ingestion/name", "'voc-1'")
            .with("/ingestion/start", "'2026-07-01'")
            .with("/ingestion/lag", "'P1DT2H3M4.5S'")
            .with("/ingestion/settle", "'PT5M'")
            .with("/ingestion/mode", "'cursor'")
            .with("/ingestion/order", "'newest'")
            .with("/ingestion/key", "['a', 'b']")
            .with("/ingestion/cursor_zone", "'Europe/Lisbon'")
            .with("/ingestion/cursor_unit", "'milliseconds'")
            .with("/ingestion/cursor_pattern", "'yyyy-MM-dd HH:mm'")
            .with("/ingestion/window_rows", "100000000")
            .with("/ingestion/redact", "['Comment', 'title']");

    Feed feed = read(sample).feeds().getFirst();

    assertThat(feed.name()).isEqualTo("voc-1");
    assertThat(feed.filter()).contains(new KindFilter("type", RecordKinds.SUPPORT_TICKET));
    assertThat(feed.start()).contains(Instant.parse("2026-06-30T23:00:00Z"));
    assertThat(feed.lag()).isEqualTo(Duration.parse("P1DT2H3M4.5S"));
    assertThat(feed.settle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(feed.order()).isEqualTo(Order.NEWEST);
    assertThat(feed.redaction()).isEqualTo(new Redaction.Columns(List.of("Comment", "title")));
    assertThat(feed.key()).containsExactly("a", "b");
    assertThat(feed.cursor())
        .isEqualTo(
            new Cursor(
                "loaded_at",
                Optional.of(ZoneId.of("Europe/Lisbon")),
                Optional.of(EpochUnit.MILLISECONDS),
                Optional.of(new TextPattern("yyyy-MM-dd HH:mm"))));
    assertThat(feed.windowRows()).isEqualTo(100_000_000);
  }

  @Test
  void theMappingSaysWhichColumnsHoldTheFields() {
    Sample sample =
        Sample.oauth()
            .with("/mapping/conversation_id", "'ticket'")
            .with("/mapping/posted_at", "{'column': 'made', 'unit': 'milliseconds'}")
            .with("/mapping/author_type", "{'column': 'role', 'words': {'End-User ': 'customer'}}")
            .with("/mapping/title", "null")
            .with("/ingestion/quarantine_share", "0.2");

    Feed feed = read(sample).feeds().getFirst();

    assertThat(feed.key()).containsExactly("ticket", "message_id");
    assertThat(feed.tolerance()).isEqualTo(0.2);
    assertThat(feed.mapping().unused()).containsExactly("title");
    assertThat(feed.mapping().of("posted_at").orElseThrow().unit())
        .contains(EpochUnit.MILLISECONDS);
    assertThat(feed.mapping().of("author_type").orElseThrow().words())
        .containsExactly(Map.entry("end-user", "customer"));
    assertThat(feed.mapping().of("text").orElseThrow().column()).isEqualTo("text");
  }

  @Test
  void aMappingOfWhatIsNoFieldIsRefused() {
    Sample sample = Sample.oauth().with("/mapping/autor_id", "'who'");
    assertThatThrownBy(() -> read(sample))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "/mapping/autor_id is not a field of the kind; did you mean \"author_id\"?");
    assertThatThrownBy(() -> read(Sample.oauth().with("/mapping/text", "7")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/mapping/text must be the name of a column, null for none, or");
  }

  @Test
  void csatMayHaveAScaleOfItsOwn() {
    Sample sample =
        Sample.oauth()
            .withText("/metadata/data_kind", "CSAT")
            .with("/ingestion/rating_scale", "[1, 7]");
    assertThat(read(sample).feeds().getFirst().kind().field("rating").orElseThrow().domain())
        .isEqualTo(new Domain.Range(1, 7));
    assertThatThrownBy(() -> read(sample.with("/ingestion/rating_scale", "[7, 1]")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/ingestion/rating_scale must be a list of two numbers");
    assertThatThrownBy(() -> read(Sample.oauth().with("/ingestion/rating_scale", "[1, 7]")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is of use for the kind CSAT only");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2026-01-31T08:00:00Z, 2026-01-31T08:00:00Z",
    "2026-01-31t08:00:00.000001z, 2026-01-31T08:00:00.000001Z",
    "2026-01-31T08:00:00+05:30, 2026-01-31T02:30:00Z"
  })
  void startIsADateOrAnInstant(String start, Instant meaning) {
    Sample sample = Sample.oauth().withText("/ingestion/start", start);
    assertThat(read(sample).feeds().getFirst().start()).contains(meaning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://adb-1.2.azuredatabricks.net", "https://x.gcp.databricks.com/"})
  void hostMayBeOfEveryCloud(String host) {
    assertThat(read(Sample.oauth().withText("/connection_details/host", host)).feeds()).hasSize(1);
  }

  @Test
  void methodIsOauthUnlessSaid() {
    Connection connection = read(Sample.oauth().without("/connection_details/auth/method"));
    assertThat(connection.workspace().credentials()).isInstanceOf(Credentials.OAuth.class);
  }

  @Test
  void catalogIsHiveMetastoreUnlessSaid() {
    Connection connection = read(Sample.oauth().without("/data_source/catalog"));
    assertThat(connection.table().catalog()).contains("hive_metastore");
  }

  @Test
  void partitionColumnIsCreatedAtUnlessSaidWhichMissesUpdates() {
    Connection connection = read(Sample.oauth().without("/data_source/partition_column"));
    assertThat(connection.feeds().getFirst().cursor().column()).isEqualTo("created_at");
    assertThat(connection.warnings())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.pointer()).isEqualTo("/data_source");
          assertThat(warning.meaning()).contains("created_at").contains("misses");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"created_at", "Inserted_At", "posted_at"})
  void columnsThatMissUpdatesAreWarnedOf(String column) {
    Sample sample = Sample.oauth().withText("/data_source/partition_column", column);
    assertThat(read(sample).warnings())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.pointer()).isEqualTo("/data_source/partition_column");
          assertThat(warning.meaning()).contains("missed");
        });
  }

  @Test
  void tokensAreWarnedOf() {
    assertThat(read(Sample.pat()).warnings())
        .singleElement()
        .extracting(Warning::meaning)
        .asString()
        .contains("one person");
  }

  @Test
  void credentialsOfTheOtherMethodAreWarnedOf() {
    Sample sample = Sample.oauth().with("/connection_details/auth/personal_access_token", "'d'");
    assertThat(read(sample).warnings())
        .singleElement()
        .extracting(Warning::pointer)
        .isEqualTo("/connection_details/auth/personal_access_token");
  }

  @ParameterizedTest
  @CsvSource({
    "Support Ticket, support_ticket",
    "support_ticket, support_ticket",
    "' SUPPORT-TICKETS ', support_ticket",
    "nps, nps",
    "NPS, nps",
    "CSAT, csat",
    "Reviews, review",
    "Social Media Post, social_media_post",
    "issue, issue",
    "Accounts, account",
    "user, user"
  })
  void kindsAreNamedByIdOrDisplayName(String name, String id) {
    List<Feed> feeds = read(Sample.oauth().withText("/metadata/data_kind", name)).feeds();
    assertThat(feeds).extracting(feed -> feed.kind().id()).containsExactly(id);
    assertThat(feeds).extracting(Feed::name).containsExactly("tickets");
  }

  @Test
  void everyKindIsKnownByBothOfItsNames() {
    for (RecordKind kind : RecordKinds.all()) {
      for (String name : List.of(kind.id(), kind.displayName())) {
        Sample sample =
            Sample.oauth().withText("/metadata/data_kind", name).with("/ingestion/key", "['id']");
        assertThat(read(sample).feeds()).extracting(Feed::kind).containsExactly(kind);
      }
    }
  }

  @Test
  void severalKindsAreToldApartByAColumn() {
    Sample sample = Sample.oauth().withText("/metadata/data_kind", "NPS,csat , Users");
    assertThat(read(sample).feeds())
        .extracting(Feed::name, Feed::filter)
        .containsExactly(
            named("tickets.nps", RecordKinds.NPS),
            named("tickets.csat", RecordKinds.CSAT),
            named("tickets.user", RecordKinds.USER));
  }

  @Test
  void referenceTablesNameTheirKey() {
    Sample sample =
        Sample.oauth()
            .withText("/metadata/data_kind", "Reference")
            .with("/ingestion/key", "['plan_code']");
    assertThat(read(sample).feeds().getFirst().key()).containsExactly("plan_code");
  }

  @Test
  void feedsAreNamedByTheFile() {
    Path file = Sample.oauth().in(folder);
    Path renamed = folder.resolve("a.b-c_1.json");
    assertThat(file.toFile().renameTo(renamed.toFile())).isTrue();
    assertThat(read(renamed).feeds()).extracting(Feed::name).containsExactly("a.b-c_1");
  }

  @Test
  void thisMachineNeedsLeave() {
    Path file =
        Sample.oauth().withText("/connection_details/host", "http://127.0.0.1:8080").in(folder);

    assertThat(
            new ConnectionFiles(Map.of(), HostRule.LOCAL).read(file).workspace().host().isLocal())
        .isTrue();
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/connection_details/host must not be this machine")
        .hasMessageContaining("--local");
  }

  @Test
  void leaveForThisMachineIsNoDutyToUseIt() {
    Path file = Sample.oauth().in(folder);
    assertThat(new ConnectionFiles(Map.of(), HostRule.LOCAL).read(file).feeds()).hasSize(1);
  }

  @Test
  void printingAConnectionShowsNoSecret() {
    assertThat(read(Sample.oauth()).toString()).contains("***").doesNotContain("dose1234");
    assertThat(read(Sample.pat()).toString()).contains("***").doesNotContain("dapi1");
  }

  private static Tuple named(String name, RecordKind kind) {
    return tuple(name, Optional.of(new KindFilter("data_kind", kind)));
  }

  private Connection read(Sample sample) {
    return read(sample.in(folder));
  }

  private static Connection read(Path file) {
    return new ConnectionFiles(Map.of(), HostRule.PUBLIC).read(file);
  }
}
