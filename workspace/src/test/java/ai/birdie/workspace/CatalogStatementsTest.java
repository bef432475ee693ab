package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Catalogs that are made and dropped, owners, and groups, in SQL. */
@ExtendWith(Running.class)
final class CatalogStatementsTest {
  private final Client client;

  CatalogStatementsTest(Client client) {
    this.client = client;
  }

  @Test
  void catalogIsMadeUsedAndDropped() {
    Member maker = Member.user(client, "maker@c.example");
    assertThat(maker.refused("CREATE CATALOG c_made"))
        .contains("User does not have CREATE CATALOG on Metastore");
    client.admin("GRANT CREATE CATALOG ON METASTORE TO " + maker.quoted());
    maker.done("CREATE CATALOG c_made COMMENT 'mine'");
    maker.done("CREATE CATALOG IF NOT EXISTS c_made");
    assertThat(maker.run("CREATE CATALOG c_made").message()).contains("already exists");
    maker.done("CREATE SCHEMA c_made.s");
    maker.done("CREATE TABLE c_made.s.t AS SELECT 1 AS x");
    assertThat(maker.done("SELECT x FROM c_made.s.t").rows()).containsExactly(List.of("1"));
    assertThat(maker.done("SHOW CATALOGS").rows())
        .contains(List.of("c_made"), List.of("hive_metastore"))
        .doesNotContain(List.of("main"));
    assertThat(client.admin("SHOW CATALOGS LIKE 'c_m*'").rows()).containsExactly(List.of("c_made"));
    assertThat(client.reader("DROP CATALOG c_made CASCADE").sqlState()).isEqualTo("42501");
    assertThat(maker.run("DROP CATALOG c_made").message()).contains("not empty");
    maker.done("DROP CATALOG c_made CASCADE");
    maker.done("DROP CATALOG IF EXISTS c_made");
    assertThat(maker.run("DROP CATALOG c_made").sqlState()).isEqualTo("42704");
  }

  @Test
  void catalogToUseMustBeThereAndOpen() {
    assertThat(client.reader("USE CATALOG main").state()).isEqualTo("SUCCEEDED");
    assertThat(client.reader("USE CATALOG nowhere").sqlState()).isEqualTo("42704");
    Member stranger = Member.user(client, "stranger@c.example");
    assertThat(stranger.refused("USE CATALOG main"))
        .contains("User does not have USE CATALOG on Catalog 'main'.");
  }

  @Test
  void newOwnerMayAllAndTheOldOneMayNotAnyMore() {
    Member first = Member.user(client, "first@c.example");
    Member second = Member.user(client, "second@c.example", "c owners");
    client.admin("CREATE SCHEMA main.c_owned");
    for (String name : List.of(first.quoted(), second.quoted())) {
      client.admin("GRANT USE CATALOG ON CATALOG main TO " + name);
      client.admin("GRANT USE SCHEMA, CREATE TABLE ON SCHEMA main.c_owned TO " + name);
    }
    first.done("CREATE TABLE main.c_owned.t AS SELECT 1 AS x");
    assertThat(second.refused("ALTER TABLE main.c_owned.t OWNER TO " + second.quoted()))
        .contains("User does not have MANAGE on Table 'main.c_owned.t'.");
    assertThat(first.run("ALTER TABLE main.c_owned.t OWNER TO nobody").message())
        .isEqualTo(
            "[PRINCIPAL_DOES_NOT_EXIST] Could not find principal with name nobody."
                + " SQLSTATE: 42704");
    first.done("ALTER TABLE main.c_owned.t SET OWNER TO `c owners`");
    second.done("SELECT * FROM main.c_owned.t");
    assertThat(first.refused("SELECT * FROM main.c_owned.t")).contains("SELECT");
    second.done("DROP TABLE main.c_owned.t");
  }

  @Test
  void grantsNameThePrincipalsThatThereAre() {
    String grant = "GRANT USE SCHEMA ON SCHEMA main.default TO ";
    for (String nobody : List.of("`nobody`", "birdie", "`admins`", "users")) {
      Client.Answer answer =
          client.execute(client.credentials().adminToken(), grant + nobody, body -> {});
      assertThat(answer.message()).as(nobody).startsWith("[PRINCIPAL_DOES_NOT_EXIST]");
    }
    Member grantee = Member.user(client, "grantee@c.example");
    client.admin(grant + grantee.quoted());
    client.admin("GRANT USE CATALOG ON CATALOG main TO " + grantee.quoted());
    assertThat(grantee.done("SHOW GRANTS " + grantee.quoted() + " ON SCHEMA main.default").rows())
        .containsExactly(
            List.of("grantee@c.example", "USE CATALOG", "CATALOG", "main"),
            List.of("grantee@c.example", "USE SCHEMA", "SCHEMA", "main.default"));
    assertThat(grantee.refused("SHOW GRANTS ON SCHEMA main.default")).contains("MANAGE");
  }

  @Test
  void viewsCanAskForGroupsOfWhoeverReadsThem() {
    Member inside = Member.user(client, "inside@c.example", "c insiders");
    Member outside = Member.user(client, "outside@c.example");
    client.admin("CREATE CATALOG c_groups");
    client.admin("GRANT ALL PRIVILEGES ON CATALOG c_groups TO `account users`");
    client.admin(
        "CREATE VIEW c_groups.default.v AS SELECT is_account_group_member('c insiders') AS a,"
            + " is_member('users') AS b, is_account_group_member('users') AS c,"
            + " current_user() AS u");
    assertThat(inside.done("SELECT * FROM c_groups.default.v").rows())
        .containsExactly(List.of("true", "true", "false", "inside@c.example"));
    assertThat(outside.done("SELECT * FROM c_groups.default.v").rows())
        .containsExactly(List.of("false", "true", "false", "outside@c.example"));
    client.admin("DROP CATALOG c_groups CASCADE");
  }

  @Test
  void informationSchemaShowsEachWhatItMaySee() {
    Member seer = Member.user(client, "seer@c.example");
    client.admin("CREATE CATALOG c_info");
    client.admin("CREATE SCHEMA c_info.s COMMENT 'shown'");
    client.admin("CREATE TABLE c_info.s.t (id BIGINT, amount DECIMAL(10,2))");
    client.admin("CREATE VIEW c_info.s.v AS SELECT id FROM c_info.s.t");
    client.admin("CREATE TABLE c_info.default.hidden AS SELECT 1 AS x");
    client.admin("GRANT USE CATALOG ON CATALOG c_info TO " + seer.quoted());
    client.admin("GRANT USE SCHEMA, SELECT ON SCHEMA c_info.s TO " + seer.quoted());
    assertThat(
            seer.done(
                    "SELECT table_schema, table_name, table_type, table_owner"
                        + " FROM c_info.information_schema.tables ORDER BY table_name")
                .rows())
        .containsExactly(List.of("s", "t", "MANAGED", "admin"), List.of("s", "v", "VIEW", "admin"));
    assertThat(
            seer.done(
                    "SELECT column_name, full_data_type FROM c_info.information_schema.columns"
                        + " WHERE table_name = 't' ORDER BY ordinal_position")
                .rows())
        .containsExactly(List.of("id", "bigint"), List.of("amount", "decimal(10,2)"));
    assertThat(
            seer.done(
                    "SELECT grantee, privilege_type, inherited_from"
                        + " FROM c_info.information_schema.table_privileges"
                        + " WHERE table_name = 't' ORDER BY privilege_type")
                .rows())
        .containsExactly(
            List.of("seer@c.example", "SELECT", "SCHEMA"),
            List.of("seer@c.example", "USE_CATALOG", "CATALOG"),
            List.of("seer@c.example", "USE_SCHEMA", "SCHEMA"));
    assertThat(seer.done("SELECT schema_name FROM c_info.information_schema.schemata").rows())
        .containsExactly(List.of("s"));
    assertThat(seer.run("INSERT INTO c_info.information_schema.tables VALUES (1)").state())
        .isEqualTo("FAILED");
    client.admin("DROP CATALOG c_info CASCADE");
  }
}
