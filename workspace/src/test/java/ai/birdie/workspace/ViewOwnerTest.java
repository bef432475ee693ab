package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Views are read with the rights of whoever owns them. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ViewOwnerTest {
  private final Client client;
  private Member author;
  private Member reader;

  ViewOwnerTest(Client client) {
    this.client = client;
  }

  @BeforeAll
  void makeTwoSchemasAndTwoPrincipals() {
    author = Member.user(client, "author@v.example", "authors@v.example");
    reader = Member.user(client, "reader@v.example", "others@v.example");
    client.admin("CREATE SCHEMA main.v_base");
    client.admin("CREATE SCHEMA main.v_shown");
    client.admin("CREATE TABLE main.v_base.t AS SELECT 1 AS x");
    client.admin("CREATE TABLE main.v_base.secret AS SELECT 1 AS x");
    for (Member each : java.util.List.of(author, reader)) {
      client.admin("GRANT USE CATALOG ON CATALOG main TO " + each.quoted());
      client.admin("GRANT USE SCHEMA ON SCHEMA main.v_shown TO " + each.quoted());
    }
    client.admin("GRANT CREATE TABLE ON SCHEMA main.v_shown TO " + author.quoted());
    client.admin("GRANT USE SCHEMA ON SCHEMA main.v_base TO " + author.quoted());
  }

  @Test
  void readersNeedNoRightBelowTheViewButItsOwnerDoes() {
    client.admin("GRANT SELECT ON TABLE main.v_base.t TO " + author.quoted());
    author.done("CREATE VIEW main.v_shown.v AS SELECT x FROM main.v_base.t");
    author.done("GRANT SELECT ON VIEW main.v_shown.v TO " + reader.quoted());
    reader.done("SELECT * FROM main.v_shown.v");
    assertThat(reader.refused("SELECT * FROM main.v_base.t"))
        .contains("User does not have USE SCHEMA on Schema 'main.v_base'.");
    client.admin("REVOKE SELECT ON TABLE main.v_base.t FROM " + author.quoted());
    assertThat(reader.refused("SELECT * FROM main.v_shown.v"))
        .contains("User does not have SELECT on Table 'main.v_base.t'.");
    assertThat(reader.refused("EXPLAIN SELECT * FROM main.v_shown.v")).contains("main.v_base.t");
    client.admin("GRANT SELECT ON TABLE main.v_base.t TO " + author.quoted());
    reader.done("SELECT * FROM main.v_shown.v");
  }

  @Test
  void viewOverAViewIsReadWithBothOwnersRights() {
    client.admin("CREATE VIEW main.v_shown.inner AS SELECT x FROM main.v_base.secret");
    assertThat(author.refused("CREATE VIEW main.v_shown.outer AS SELECT x FROM main.v_shown.inner"))
        .contains("User does not have SELECT on View 'main.v_shown.inner'.");
    client.admin("GRANT SELECT ON VIEW main.v_shown.inner TO " + author.quoted());
    author.done("CREATE VIEW main.v_shown.outer AS SELECT x FROM main.v_shown.inner");
    author.done("GRANT SELECT ON VIEW main.v_shown.outer TO " + reader.quoted());
    reader.done("SELECT * FROM main.v_shown.outer");
    client.admin("REVOKE SELECT ON VIEW main.v_shown.inner FROM " + author.quoted());
    assertThat(reader.refused("SELECT * FROM main.v_shown.outer"))
        .contains("User does not have SELECT on View 'main.v_shown.inner'.");
  }

  @Test
  void nobodyLiftsOwnRightsByAFunctionInAView() {
    client.admin("CREATE SCHEMA main.v_functions");
    client.admin(
        "GRANT USE SCHEMA, CREATE FUNCTION ON SCHEMA main.v_functions TO " + author.quoted());
    String create = "CREATE FUNCTION main.v_functions.f() RETURNS STRING RETURN ";
    assertThat(author.refused(create + "reflect('java.lang.System', 'lineSeparator')"))
        .contains("reflect");
    assertThat(author.refused(create + "concat('a', (SELECT max(x) FROM main.v_base.secret))"))
        .contains("User does not have SELECT on Table 'main.v_base.secret'.");
    author.done(create + "concat('a', 'b')");
    author.done("CREATE VIEW main.v_shown.mine AS SELECT 1 AS x");
    author.done("CREATE TABLE main.v_shown.kept (x INT)");
    for (String owner : java.util.List.of("admin", reader.quoted(), "`others@v.example`")) {
      for (String lending :
          java.util.List.of("VIEW main.v_shown.mine", "FUNCTION main.v_functions.f")) {
        assertThat(author.refused("ALTER " + lending + " OWNER TO " + owner))
            .contains("administrator");
      }
    }
    author.done("ALTER FUNCTION main.v_functions.f SET OWNER TO `authors@v.example`");
    author.done("ALTER VIEW main.v_shown.mine OWNER TO " + author.quoted());
    author.done("ALTER TABLE main.v_shown.kept OWNER TO " + reader.quoted());
    client.admin("ALTER VIEW main.v_shown.mine OWNER TO admin");
  }

  @Test
  void nobodyLiftsOwnRightsByAView() {
    assertThat(author.refused("CREATE VIEW main.v_shown.lift AS SELECT * FROM main.v_base.secret"))
        .contains("User does not have SELECT on Table 'main.v_base.secret'.");
    author.done("CREATE VIEW main.v_shown.plain AS SELECT 1 AS x");
    assertThat(author.refused("ALTER VIEW main.v_shown.plain AS SELECT * FROM main.v_base.secret"))
        .contains("main.v_base.secret");
    assertThat(reader.refused("ALTER VIEW main.v_shown.plain AS SELECT 2 AS x"))
        .contains("on View 'main.v_shown.plain'.");
    assertThat(reader.refused("DROP VIEW main.v_shown.plain")).contains("MANAGE");
    author.done("CREATE OR REPLACE VIEW main.v_shown.plain AS SELECT 3 AS x");
    author.done("DROP VIEW main.v_shown.plain");
  }
}
