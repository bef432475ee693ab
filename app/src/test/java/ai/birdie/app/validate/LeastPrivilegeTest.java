package ai.birdie.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.validate.Check.Verdict;
import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.privilege.Assignment;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.databricks.privilege.Right;
import ai.birdie.databricks.privilege.Securable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every right beyond the least is named, with the statements that take it and nothing else. */
class LeastPrivilegeTest {

  private static final TableName TICKETS = new TableName(Optional.of("main"), "voc", "tickets");
  private static final Securable TABLE = Securable.of(TICKETS);
  private static final Securable SCHEMA = Securable.schemaOf(TICKETS);
  private static final Securable CATALOG = Securable.catalogOf(TICKETS);
  private static final String ME = "app-id";
  private static final Identity IDENTITY = new Identity(ME, List.of("analysts"));

  private final List<Assignment> held = new ArrayList<>();

  @Test
  void whatGrantsPrintsIsTheLeast() {
    Right.toRead(TICKETS).forEach(right -> has(ME, right.privilege(), right.on()));
    assertThat(surplus()).isEmpty();
  }

  @Test
  void theLeastMayComeFromAGroup() {
    Right.toRead(TICKETS).forEach(right -> has("analysts", right.privilege(), right.on()));
    assertThat(surplus()).isEmpty();
  }

  @Test
  void writingIsTakenAway() {
    has(ME, "SELECT", TABLE);
    has(ME, "MODIFY", TABLE);
    has(ME, "FLY TO MOON", TABLE);
    assertThat(only().detail())
        .isEqualTo("app-id has MODIFY, FLY TO MOON on table main.voc.tickets, more than needed");
    assertThat(remedy())
        .containsExactly(
            "REVOKE MODIFY, FLY TO MOON ON TABLE `main`.`voc`.`tickets` FROM `app-id`;");
  }

  @Test
  void theWholeSchemaIsNarrowedToTheTable() {
    has(ME, "USE SCHEMA", SCHEMA);
    has(ME, "SELECT", SCHEMA);
    assertThat(only().detail())
        .isEqualTo("app-id has SELECT on schema main.voc, wider than needed");
    assertThat(remedy())
        .containsExactly(
            "GRANT SELECT ON TABLE `main`.`voc`.`tickets` TO `app-id`;",
            "REVOKE SELECT ON SCHEMA `main`.`voc` FROM `app-id`;");
  }

  @Test
  void whatIsGrantedByItselfIsNotGrantedAgain() {
    has(ME, "SELECT", TABLE);
    has(ME, "SELECT", SCHEMA);
    assertThat(remedy()).containsExactly("REVOKE SELECT ON SCHEMA `main`.`voc` FROM `app-id`;");
  }

  @Test
  void allPrivilegesAreReplacedByTheNeededOnes() {
    has(ME, "ALL PRIVILEGES", CATALOG);
    assertThat(only().detail())
        .isEqualTo("app-id has ALL PRIVILEGES on catalog main, more than needed");
    assertThat(remedy())
        .containsExactly(
            "GRANT USE CATALOG ON CATALOG `main` TO `app-id`;",
            "GRANT USE SCHEMA ON SCHEMA `main`.`voc` TO `app-id`;",
            "GRANT SELECT ON TABLE `main`.`voc`.`tickets` TO `app-id`;",
            "REVOKE ALL PRIVILEGES ON CATALOG `main` FROM `app-id`;");
  }

  @Test
  void whoeverIsInAGroupIsTakenOutOfIt() {
    has("analysts", "SELECT", TABLE);
    has("analysts", "MODIFY", SCHEMA);
    assertThat(only().detail()).startsWith("the group analysts has MODIFY on schema main.voc");
    assertThat(remedy())
        .containsExactly(
            "Take app-id out of the group analysts; or, for all who are in it:",
            "REVOKE MODIFY ON SCHEMA `main`.`voc` FROM `analysts`;");
  }

  @Test
  void whoeverLeavesAGroupKeepsWhatIsNeeded() {
    has("analysts", "SELECT", SCHEMA);
    has("analysts", "SELECT", TABLE);
    assertThat(remedy()).contains("GRANT SELECT ON TABLE `main`.`voc`.`tickets` TO `app-id`;");
  }

  @Test
  void nobodyCanLeaveEverybody() {
    has(Identity.EVERYBODY, "BROWSE", CATALOG);
    assertThat(only().detail())
        .isEqualTo("everybody (account users) has BROWSE on catalog main, more than needed");
    assertThat(remedy()).containsExactly("REVOKE BROWSE ON CATALOG `main` FROM `account users`;");
  }

  @Test
  void whatIsOwnedIsGivenAwayAndWhatIsNeededGranted() {
    Check check = leastPrivilege().owned(TABLE, ME, false);
    assertThat(check.verdict()).isEqualTo(Verdict.WARN);
    assertThat(check.detail())
        .isEqualTo("app-id owns the table main.voc.tickets, with every right on it");
    assertThat(check.remedy().orElse("").lines())
        .containsExactly(
            "GRANT SELECT ON TABLE `main`.`voc`.`tickets` TO `app-id`;",
            "ALTER TABLE `main`.`voc`.`tickets` OWNER TO `<another principal>`;");
    assertThat(leastPrivilege().owned(TABLE, "analysts", true).remedy().orElse(""))
        .contains("ALTER VIEW `main`.`voc`.`tickets` OWNER TO");
  }

  private void has(String principal, String privilege, Securable on) {
    held.add(new Assignment(principal, new Right(privilege, on)));
  }

  private LeastPrivilege leastPrivilege() {
    return new LeastPrivilege(IDENTITY, TICKETS, held);
  }

  private List<Check> surplus() {
    return leastPrivilege().surplus();
  }

  private Check only() {
    assertThat(surplus()).singleElement().extracting(Check::verdict).isEqualTo(Verdict.WARN);
    return surplus().getFirst();
  }

  private List<String> remedy() {
    return only().remedy().orElse("").lines().toList();
  }
}
