package ai.birdie.app.validate;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.permission.Permissions;
import ai.birdie.databricks.permission.Sight;
import ai.birdie.databricks.privilege.Assignment;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.databricks.privilege.Right;
import ai.birdie.databricks.privilege.Securable;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a table in Unity Catalog cannot be read: catalog, schema, and table each, from the outermost
 * in, whether it is there, and whether the right on it is missing.
 */
final class Levels {

  private final Permissions permissions;
  private final Identity identity;
  private final TableName table;
  private final BirdieException refusal;
  private final List<Check> checks = new ArrayList<>();

  /**
   * @param refusal what came of reading the table, which decides where the permissions say nothing
   */
  Levels(Permissions permissions, Identity identity, TableName table, BirdieException refusal) {
    this.permissions = permissions;
    this.identity = identity;
    this.table = table;
    this.refusal = refusal;
  }

  /** The name of the check of the level at which a right is granted. */
  static String name(Right right) {
    return right.on().kind().word();
  }

  /** A check for each level, at least one of which fails. */
  List<Check> checks() {
    for (Right right : Right.toRead(table)) {
      checks.add(check(right));
    }
    if (checks.stream().noneMatch(check -> check.failure().isPresent())) {
      checks.removeLast();
      checks.add(Check.fail(Securable.Kind.TABLE.word(), refusal));
    }
    return List.copyOf(checks);
  }

  private Check check(Right right) {
    if (checks.stream()
        .flatMap(c -> c.failure().stream())
        .anyMatch(ConfigException.class::isInstance)) {
      return Check.skipped(name(right), "what it would lie in is not there");
    }
    try {
      return check(right, permissions.look(right.on()));
    } catch (BirdieException e) {
      return Check.skipped(name(right), String.valueOf(e.getMessage()));
    }
  }

  private Check check(Right right, Sight sight) {
    return switch (sight.state()) {
      case ABSENT -> refusal instanceof AccessException ? hidden(right) : absent(right);
      case HIDDEN -> hidden(right);
      case VISIBLE -> isHeld(right, sight) ? held(right) : missing(right);
    };
  }

  private boolean isHeld(Right right, Sight sight) {
    return sight.owner().filter(identity::goesBy).isPresent()
        || permissions.holdings(right.on(), identity).assignments().stream()
            .map(Assignment::right)
            .anyMatch(held -> held.covers(right));
  }

  private static Check held(Right right) {
    return Check.pass(name(right), right.on() + " is there, and so is " + right.privilege());
  }

  /** What is hidden behind a right that is missing may need its own, which cannot be seen yet. */
  private Check hidden(Right right) {
    boolean behind = checks.stream().anyMatch(check -> check.failure().isPresent());
    return behind
        ? Check.skipped(
            name(right),
            "hidden by what is missing above; it needs " + right.privilege() + " too",
            grant(right))
        : missing(right);
  }

  private Check missing(Right right) {
    return Check.fail(
        name(right),
        new AccessException("%s has no %s.".formatted(identity.name(), right), grant(right)));
  }

  private Check absent(Right right) {
    return Check.fail(
        name(right),
        new ConfigException(
            "There is no %s, or none that %s may see.".formatted(right.on(), identity.name()),
            "Check %s in the connection file for spelling. If it is right:\n%s"
                .formatted(name(right), grant(right))));
  }

  private String grant(Right right) {
    return right.grantTo(identity.name()) + ";";
  }
}
