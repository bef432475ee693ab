package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions belong to who makes them, and are run with that owner's rights by who may. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionsTest {
  private final Client client;
  private Member author;
  private Member caller;

  FunctionsTest(Client client) {
    this.client = client;
  }

  @BeforeAll
  void makePrincipals() {
    author = Member.user(client, "author@f.example");
    caller = Member.user(client, "caller@f.example");
    for (Member each : List.of(author, caller)) {
      client.admin("GRANT USE CATALOG ON CATALOG main TO " + each.quoted());
    }
  }

  @BeforeEach
  void makeSchemas() {
    for (String schema : List.of("main.f_made", "main.f_hidden", "main.`f_made.more`")) {
      client.admin("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
      client.admin("CREATE SCHEMA " + schema);
    }
    client.admin("CREATE TABLE main.f_hidden.limits AS SELECT 5 AS x");
    client.admin("GRANT USE SCHEMA ON SCHEMA main.f_made TO " + author.quoted());
    client.admin("GRANT USE SCHEMA ON SCHEMA main.f_made TO " + caller.quoted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limits", "f_hidden.limits", "main.f_hidden.limits"})
  void namesInABodyAreOfTheSchemaThatItWasMadeIn(String table) {
    in("f_hidden", "CREATE FUNCTION one() RETURNS INT RETURN 1");
    in("f_hidden", "CREATE FUNCTION more(a INT) RETURNS INT RETURN a + one() + f_hidden.one()");
    in(
        "f_hidden",
        "CREATE FUNCTION main.f_made.top(a INT) RETURNS INT RETURN abs(more(a)) + (SELECT max(x) FROM "
            + table
            + ")");
    client.admin("CREATE TABLE main.f_made.limits AS SELECT 70 AS x");
    String call = "SELECT main.f_made.top(-3)";
    assertThat(in("f_made", call).rows()).containsExactly(List.of("6"));
    assertThat(
            client
                .execute(
                    client.credentials().adminToken(),
                    call,
                    body -> body.put("catalog", "hive_metastore"))
                .rows())
        .containsExactly(List.of("6"));
    client.admin("CREATE VIEW main.f_made.v AS " + call + " AS y");
    assertThat(client.admin("SELECT y FROM main.f_made.v").rows()).containsExactly(List.of("6"));
  }

  @Test
  void whoCallsAFunctionNeedsExecuteAndTheRightsToGetThere() {
    client.admin("CREATE FUNCTION main.f_hidden.f() RETURNS INT RETURN 1");
    assertThat(caller.refused("SELECT main.f_hidden.f()"))
        .contains("User does not have USE SCHEMA on Schema 'main.f_hidden'.");
    assertThat(caller.refused("SELECT main.f_hidden.nothing()")).contains("USE SCHEMA");
    client.admin("CREATE FUNCTION main.f_made.f() RETURNS INT RETURN 1");
    assertThat(caller.refused("SELECT main.f_made.f()"))
        .contains("User does not have EXECUTE on Routine 'main.f_made.f'.");
    assertThat(caller.done("SHOW USER FUNCTIONS IN main.f_made").rows()).isEmpty();
    client.admin("GRANT EXECUTE ON FUNCTION main.f_made.f TO " + caller.quoted());
    assertThat(caller.done("SELECT main.f_made.f()").rows()).containsExactly(List.of("1"));
    assertThat(client.admin("SHOW GRANTS ON FUNCTION main.f_made.f").rows())
        .contains(List.of("caller@f.example", "EXECUTE", "FUNCTION", "main.f_made.f"));
    client.admin("REVOKE EXECUTE ON FUNCTION main.f_made.f FROM " + caller.quoted());
    caller.refused("SELECT main.f_made.f()");
    client.admin("GRANT EXECUTE ON SCHEMA main.f_made TO " + caller.quoted());
    caller.done("SELECT main.f_made.f()");
    client.admin("REVOKE EXECUTE ON SCHEMA main.f_made FROM " + caller.quoted());
  }

  @Test
  void bodyIsRunWithTheRightsOfItsOwner() {
    client.admin("GRANT CREATE FUNCTION, CREATE TABLE ON SCHEMA main.f_made TO " + author.quoted());
    String create =
        "CREATE FUNCTION main.f_made.top() RETURNS INT RETURN (SELECT max(x) FROM main.f_hidden.limits)";
    assertThat(author.refused(create)).contains("USE SCHEMA on Schema 'main.f_hidden'");
    client.admin("GRANT USE SCHEMA, SELECT ON SCHEMA main.f_hidden TO " + author.quoted());
    author.done(create);
    author.done("GRANT EXECUTE ON FUNCTION main.f_made.top TO " + caller.quoted());
    assertThat(caller.done("SELECT main.f_made.top()").rows()).containsExactly(List.of("5"));
    assertThat(caller.refused("SELECT main.f_made.top() + max(x) FROM main.f_hidden.limits"))
        .contains("f_hidden");
    client.admin("REVOKE SELECT ON SCHEMA main.f_hidden FROM " + author.quoted());
    assertThat(caller.refused("SELECT main.f_made.top()"))
        .contains("User does not have SELECT on Table 'main.f_hidden.limits'.");
  }

  @Test
  void viewsAndFunctionsCallFunctionsWithTheirOwnersRights() {
    client.admin("CREATE FUNCTION main.f_hidden.one() RETURNS INT RETURN 1");
    client.admin("CREATE FUNCTION main.f_made.two() RETURNS INT RETURN main.f_hidden.one() + 1");
    client.admin("CREATE VIEW main.f_made.v AS SELECT main.f_hidden.one() AS x");
    client.admin("GRANT EXECUTE ON FUNCTION main.f_made.two TO " + caller.quoted());
    client.admin("GRANT SELECT ON VIEW main.f_made.v TO " + caller.quoted());
    assertThat(caller.done("SELECT main.f_made.two() + x FROM main.f_made.v").rows())
        .containsExactly(List.of("3"));
    client.admin("ALTER FUNCTION main.f_made.two OWNER TO " + author.quoted());
    assertThat(caller.refused("SELECT main.f_made.two()")).contains("main.f_hidden");
    client.admin("ALTER VIEW main.f_made.v OWNER TO " + author.quoted());
    assertThat(caller.refused("SELECT x FROM main.f_made.v")).contains("main.f_hidden");
  }

  @Test
  void policiesAreRunWithTheRightsOfTheirFunctionsOwners() {
    client.admin(
        "CREATE FUNCTION main.f_hidden.shown(n INT) RETURNS BOOLEAN"
            + " RETURN n > (SELECT max(x) FROM main.f_hidden.limits)");
    client.admin("CREATE FUNCTION main.f_hidden.mask(n INT) RETURNS INT RETURN -n");
    client.admin("CREATE TABLE main.f_made.t AS SELECT explode(array(4, 6)) AS n, 1 AS m");
    client.admin("ALTER TABLE main.f_made.t SET ROW FILTER main.f_hidden.shown ON (n)");
    client.admin("ALTER TABLE main.f_made.t ALTER COLUMN m SET MASK main.f_hidden.mask");
    client.admin("GRANT SELECT ON TABLE main.f_made.t TO " + caller.quoted());
    assertThat(caller.done("SELECT n, m FROM main.f_made.t").rows())
        .containsExactly(List.of("6", "-1"));
    client.admin("CREATE TABLE main.f_made.own (n INT)");
    client.admin("ALTER TABLE main.f_made.own OWNER TO " + caller.quoted());
    assertThat(
            caller.refused("ALTER TABLE main.f_made.own SET ROW FILTER main.f_hidden.shown ON (n)"))
        .contains("USE SCHEMA on Schema 'main.f_hidden'");
  }

  @Test
  void makerOfAFunctionOwnsIt() {
    String create = "CREATE OR REPLACE FUNCTION main.f_made.own() RETURNS INT RETURN 1";
    assertThat(author.refused(create))
        .contains("User does not have CREATE FUNCTION on Schema 'main.f_made'.");
    client.admin("GRANT CREATE FUNCTION ON SCHEMA main.f_made TO " + author.quoted());
    client.admin("GRANT CREATE FUNCTION ON SCHEMA main.f_made TO " + caller.quoted());
    author.done(create);
    author.done("SELECT main.f_made.own()");
    assertThat(caller.refused(create))
        .contains("User does not have MANAGE on Routine 'main.f_made.own'.");
    assertThat(caller.refused("DROP FUNCTION main.f_made.own")).contains("MANAGE");
    author.done("GRANT EXECUTE ON FUNCTION main.f_made.own TO " + caller.quoted());
    author.done("DROP FUNCTION main.f_made.own");
    caller.done(create);
    assertThat(author.refused("SELECT main.f_made.own()")).contains("EXECUTE");
    assertThat(client.admin("SHOW GRANTS ON FUNCTION main.f_made.own").rows())
        .noneMatch(grant -> grant.contains("EXECUTE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION main.f_made.bad() RETURNS INT RETURN nothing",
        "CREATE FUNCTION main.f_made.bad() RETURNS INT RETURN (SELECT x FROM main.f_made.nothing)",
        "CREATE FUNCTION main.f_made.bad() RETURNS INT RETURN main.f_made.bad()",
        "CREATE FUNCTION main.f_made.bad(a INT) RETURNS INT RETURN map(a, a)"
      })
  void bodyThatCannotBeRunIsRefusedAtOnce(String create) {
    Client.Answer answer = client.execute(client.credentials().adminToken(), create, body -> {});
    assertThat(answer.state()).as(answer.body().toString()).isEqualTo("FAILED");
    assertThat(client.admin("SHOW USER FUNCTIONS IN main.f_made").rows()).isEmpty();
  }

  @Test
  void functionThatCallsItselfEnds() {
    client.admin("CREATE FUNCTION main.f_made.f(a INT) RETURNS INT RETURN a");
    client.admin(
        "CREATE OR REPLACE FUNCTION main.f_made.f(a INT) RETURNS INT RETURN main.f_made.f(a)");
    Client.Answer answer =
        client.execute(client.credentials().adminToken(), "SELECT main.f_made.f(1)", body -> {});
    assertThat(answer.state()).as(answer.body().toString()).isEqualTo("FAILED");
  }

  @Test
  void schemaWithFunctionsIsNotEmpty() {
    client.admin("DROP TABLE main.f_hidden.limits");
    client.admin("CREATE FUNCTION main.f_hidden.f() RETURNS INT RETURN 1");
    Client.Answer answer =
        client.execute(client.credentials().adminToken(), "DROP SCHEMA main.f_hidden", body -> {});
    assertThat(answer.sqlState()).isEqualTo("2BP01");
    client.admin("DROP FUNCTION main.f_hidden.f");
    client.admin("DROP SCHEMA main.f_hidden");
  }

  @Test
  void namesWithDotsAreOfTheirOwnSchemas() {
    client.admin("CREATE FUNCTION main.`f_made.more`.f(x INT) RETURNS BOOLEAN RETURN x > 1");
    client.admin("CREATE TABLE main.`f_made.more`.t AS SELECT explode(array(1, 2)) AS x");
    client.admin("ALTER TABLE main.`f_made.more`.t SET ROW FILTER main.`f_made.more`.f ON (x)");
    assertThat(client.admin("SHOW USER FUNCTIONS IN main.f_made").rows()).isEmpty();
    client.admin("DROP SCHEMA main.f_made CASCADE");
    client.admin("CREATE SCHEMA main.f_made");
    assertThat(client.admin("SELECT x FROM main.`f_made.more`.t").rows())
        .containsExactly(List.of("2"));
    assertThat(client.admin("SELECT main.`f_made.more`.f(2)").rows())
        .containsExactly(List.of("true"));
  }

  private Client.Answer in(String schema, String statement) {
    Client.Answer answer =
        client.execute(
            client.credentials().adminToken(),
            statement,
            body -> body.put("catalog", "main").put("schema", schema));
    assertThat(answer.state()).as(answer.body().toString()).isEqualTo("SUCCEEDED");
    return answer;
  }
}
