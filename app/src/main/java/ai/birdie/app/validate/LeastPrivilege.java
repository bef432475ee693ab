package ai.birdie.app.validate;

import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.privilege.Assignment;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.databricks.privilege.Right;
import ai.birdie.databricks.privilege.Securable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody may do beyond reading one table or view, and the statements that narrow it. Knows
 * only what it is told; asks nobody.
 */
final class LeastPrivilege {

  static final String NAME = "least privilege";

  private final Identity identity;
  private final List<Right> needed;
  private final List<Assignment> held;

  LeastPrivilege(Identity identity, TableName table, List<Assignment> held) {
    this.identity = identity;
    this.needed = Right.toRead(table);
    this.held = List.copyOf(held);
  }

  /** A warning for each principal and securable with rights that are more than needed. */
  List<Check> surplus() {
    Map<Place, List<Right>> surplus = new LinkedHashMap<>();
    held.stream()
        .distinct()
        .filter(assignment -> !needed.contains(assignment.right()))
        .forEach(assignment ->
            surplus
                .computeIfAbsent(Place.of(assignment), place -> new ArrayList<>())
                .add(assignment.right()));
    return surplus.entrySet().stream().map(e -> warning(e.getKey(), e.getValue())).toList();
  }

  /** A warning that somebody owns something, by itself or as a member of a group. */
  Check owned(Securable securable, String owner, boolean view) {
    List<String> remedy = new ArrayList<>();
    Right everything = new Right(Right.ALL, securable);
    grantsInPlaceOf(List.of(everything), owner).forEach(remedy::add);
    String altered = view ? securable.sql().replaceFirst("TABLE", "VIEW") : securable.sql();
    remedy.add("ALTER " + altered + " OWNER TO `<another principal>`;");
    return Check.warn(
        NAME,
        "%s the %s, with every right on it".formatted(owns(owner), securable),
        String.join("\n", remedy));
  }

  private String owns(String owner) {
    return identity.isNamed(owner) ? owner + " owns" : "the group " + owner + " owns";
  }

  private Check warning(Place place, List<Right> rights) {
    String privileges = rights.stream().map(Right::privilege).collect(Collectors.joining(", "));
    List<String> remedy = new ArrayList<>();
    whoever(place.principal()).ifPresent(remedy::add);
    grantsInPlaceOf(rights, place.principal()).forEach(remedy::add);
    remedy.add(Right.revokeFrom(place.principal(), rights) + ";");
    return Check.warn(
        NAME,
        "%s has %s on %s, %s than needed"
            .formatted(
                subject(place.principal()),
                privileges,
                place.on(),
                isOnlyWider(rights) ? "wider" : "more"),
        String.join("\n", remedy));
  }

  private String subject(String principal) {
    if (identity.isNamed(principal)) {
      return principal;
    }
    return principal.equals(Identity.EVERYBODY)
        ? "everybody (" + principal + ")"
        : "the group " + principal;
  }

  private Optional<String> whoever(String principal) {
    if (identity.isNamed(principal) || principal.equals(Identity.EVERYBODY)) {
      return Optional.empty();
    }
    return Optional.of(
        "Take %s out of the group %s; or, for all who are in it:"
            .formatted(identity.name(), principal));
  }

  /** Whether they are what is needed, but on more than it is needed on. */
  private boolean isOnlyWider(List<Right> rights) {
    return rights.stream()
        .allMatch(right ->
            !right.privilege().equals(Right.ALL) && needed.stream().anyMatch(right::covers));
  }

  /** What must be granted by itself before these rights are taken away, or their group is left. */
  private Stream<String> grantsInPlaceOf(List<Right> rights, String principal) {
    return needed.stream()
        .filter(need -> rights.stream().anyMatch(right -> right.covers(need)))
        .filter(need -> held.stream().noneMatch(other -> remains(other, need, principal)))
        .map(need -> need.grantTo(identity.name()) + ";");
  }

  private boolean remains(Assignment other, Right need, String principal) {
    boolean stays = identity.isNamed(principal) || !other.principal().equals(principal);
    return stays && other.right().equals(need);
  }

  /** Who has something on what. */
  private record Place(String principal, Securable on) {

    static Place of(Assignment assignment) {
      return new Place(assignment.principal(), assignment.right().on());
    }
  }
}
