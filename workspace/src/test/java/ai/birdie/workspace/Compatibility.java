package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row of the compatibility table.
 *
 * @param area under which heading it stands
 * @param what a statement, or what is done over HTTP
 * @param verdict how the workspace's answer compares with Databricks'
 * @param note what is different, or what to do instead; may be empty
 * @param check that the verdict is true
 */
record Compatibility(String area, String what, Verdict verdict, String note, Check check) {
  static final String SCHEMA = "compatibility";

  enum Verdict {
    SAME,
    DIFFERENT,
    MISSING
  }

  /** Runs against a workspace what a row is about, and fails where its verdict is not true. */
  interface Check {
    void of(Client client, String what);
  }

  static Compatibility same(String area, String what, Check check) {
    return new Compatibility(area, what, Verdict.SAME, "", check);
  }

  static Compatibility different(String area, String what, String note, Check check) {
    return new Compatibility(area, what, Verdict.DIFFERENT, note, check);
  }

  static Compatibility missing(String area, String what, String note, Check check) {
    return new Compatibility(area, what, Verdict.MISSING, note, check);
  }

  /** The statement succeeds. */
  static Check runs() {
    return (client, what) ->
        assertThat(administer(client, what))
            .satisfies(
                answer -> assertThat(answer.state()).as(answer.message()).isEqualTo("SUCCEEDED"));
  }

  /** The statement answers one column of these values. */
  static Check answers(String... values) {
    return (client, what) -> {
      Client.Answer answer = administer(client, what);
      assertThat(answer.state()).as(answer.message()).isEqualTo("SUCCEEDED");
      assertThat(answer.rows().stream().map(row -> String.join(" ", row))).containsExactly(values);
    };
  }

  /** The statement answers columns of these names. */
  static Check hasColumns(String... names) {
    return (client, what) -> {
      Client.Answer answer = administer(client, what);
      assertThat(answer.state()).as(answer.message()).isEqualTo("SUCCEEDED");
      assertThat(answer.body().at("/manifest/schema/columns"))
          .extracting(column -> column.path("name").asText())
          .containsExactly(names);
    };
  }

  /** The statement fails with this SQLSTATE. */
  static Check fails(String sqlState) {
    return (client, what) -> {
      Client.Answer answer = administer(client, what);
      assertThat(answer.sqlState()).as(answer.body().toString()).isEqualTo(sqlState);
    };
  }

  /** The statement fails in these words. */
  static Check failsWith(String... words) {
    return (client, what) -> assertThat(administer(client, what).message()).contains(words);
  }

  /** Runs a statement as an administrator, in the schema of these tables. */
  static Client.Answer administer(Client client, String statement) {
    return client.execute(
        client.credentials().adminToken(),
        statement,
        body -> body.put("catalog", "main").put("schema", SCHEMA));
  }

  /** The rows as a document, a table for each area. */
  static String document(List<Compatibility> rows) {
    StringBuilder document = new StringBuilder(HEAD);
    for (String area : rows.stream().map(Compatibility::area).distinct().toList()) {
      document
          .append("\n## ")
          .append(area)
          .append("\n\n| what | verdict | note |\n|---|---|---|\n");
      document.append(
          rows.stream()
              .filter(row -> row.area().equals(area))
              .map(Compatibility::line)
              .collect(Collectors.joining()));
    }
    return document.toString();
  }

  private String line() {
    String shown = what.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    String word = verdict.name().toLowerCase(java.util.Locale.ROOT);
    return "| `" + shown.replace("`", "'") + "` | " + word + " | " + note + " |\n";
  }

  private static final String HEAD =
      """
      # The local workspace beside Databricks

      What the local workspace answers as Databricks does (*same*), otherwise (*different*), or not at all (*missing*). Every row is run
      against a workspace by `CompatibilityTest`, which fails when a verdict is no longer true, and when this page is not what it would
      write (`./mvnw -pl workspace -am test -Dtest=CompatibilityTest -Dsurefire.failIfNoSpecifiedTests=false -Dbirdie.reference=write`).
      *Same* means: by Databricks' documentation, its clients' source, and recorded traffic. No account was at hand to compare with.

      Spark SQL 4.2 and Delta Lake 4.4 run the statements, so that what is not listed is as they have it.
      """;
}
