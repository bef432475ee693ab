package ai.birdie.workspace.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what: from what was granted to a principal and its groups on a securable and on what
 * it is in, and from ownership.
 *
 * <p>An owner has all privileges on what it owns; on what is in it, it may manage but not read.
 * Source: Databricks' documentation of Unity Catalog's ownership. Thread-safe.
 */
public final class AccessControl {
  /** What everybody may do in the information schema: it shows to each what it may see. */
  private static final Set<Privilege> IN_INFORMATION_SCHEMA =
      Set.of(Privilege.USE_SCHEMA, Privilege.SELECT);

  private final Principals principals;
  private final Grants grants;
  private final Owners owners;

  public AccessControl(Principals principals, Grants grants, Owners owners) {
    this.principals = principals;
    this.grants = grants;
    this.owners = owners;
  }

  /** Whether a principal has a privilege on that securable: granted there or above, or owned. */
  public boolean has(Principal principal, Privilege privilege, Securable on) {
    if (principal.isAdmin() || (on.isInformation() && IN_INFORMATION_SCHEMA.contains(privilege))) {
      return true;
    }
    Set<String> identities = principals.identities(principal);
    return (owns(identities, on) && privilege.appliesTo(on))
        || isGranted(identities, privilege, on)
        || on.parents().stream().anyMatch(parent -> isGranted(identities, privilege, parent));
  }

  /** Whether a principal, or a group of its, owns that securable. */
  public boolean owns(Principal principal, Securable on) {
    return owns(principals.identities(principal), on);
  }

  /** Whether a principal may grant on, alter, and drop that securable. */
  public boolean manages(Principal principal, Securable on) {
    Set<String> identities = principals.identities(principal);
    return principal.isAdmin()
        || has(principal, Privilege.MANAGE, on)
        || owns(identities, on)
        || on.parents().stream().anyMatch(parent -> owns(identities, parent));
  }

  /** Whether lists show that securable to a principal. */
  public boolean sees(Principal principal, Securable on) {
    return manages(principal, on)
        || has(principal, Privilege.BROWSE, catalogOf(on))
        || (Arrays.stream(Privilege.values())
                .anyMatch(each -> opens(each, on) && has(principal, each, on))
            && missingOnPath(principal, on).isEmpty());
  }

  /**
   * Refuses a principal that lacks a privilege, or what it takes to get as far as the securable.
   *
   * @throws SqlRefusal naming the right that is missing, the outermost first
   */
  public void require(Principal principal, Privilege privilege, Securable on) {
    refuseFor(missing(principal, privilege, on));
  }

  /**
   * Refuses a principal that may not grant on, alter, and drop a securable.
   *
   * @throws SqlRefusal naming the right that is missing, the outermost first
   */
  public void requireManage(Principal principal, Securable on) {
    refuseFor(missingToManage(principal, on));
  }

  /**
   * Refuses a principal that may not look at a table or view: who may read it, write to it, or
   * manage it, may.
   *
   * @throws SqlRefusal naming the right that is missing, the outermost first
   */
  public void requireAny(Principal principal, Securable relation) {
    requireUse(principal, relation);
    boolean any =
        has(principal, Privilege.SELECT, relation)
            || has(principal, Privilege.MODIFY, relation)
            || has(principal, Privilege.READ_METADATA, relation)
            || manages(principal, relation);
    if (!any) {
      require(principal, Privilege.SELECT, relation);
    }
  }

  /**
   * Refuses a principal that may not call a function.
   *
   * @throws SqlRefusal naming the right that is missing, the outermost first
   */
  public void requireExecute(Principal principal, Securable function) {
    require(principal, whatOpens(function), function);
  }

  /**
   * Refuses a principal that may not get as far as a securable, whether it is there or not.
   *
   * @throws SqlRefusal naming the right that is missing, the outermost first
   */
  public void requireUse(Principal principal, Securable on) {
    refuseFor(missingOnPath(principal, on));
  }

  /**
   * Refuses a principal that may not make something of that name.
   *
   * @throws SqlRefusal naming the right that is missing, the outermost first
   */
  public void requireCreate(Principal principal, Securable made) {
    requireUse(principal, made);
    Securable in = made.parents().isEmpty() ? Securable.metastore() : made.parents().getFirst();
    if (!has(principal, whatCreates(made), in)) {
      refuseFor(Optional.of(lack(whatCreates(made).sql(), in)));
    }
  }

  /**
   * With whose rights a view is read, or a function's body run; a group stands for itself.
   *
   * @throws SqlRefusal for what is gone
   */
  public Principal ownerOf(Securable securable) {
    String owner =
        owners
            .of(securable)
            .map(Owners.Owned::owner)
            .orElseThrow(() -> SqlRefusal.notFound(securable));
    return principals.named(owner).orElseGet(() -> Principal.group(owner));
  }

  /** What a principal lacks for a privilege on a securable, in Databricks' words. */
  public Optional<String> missing(Principal principal, Privilege privilege, Securable on) {
    return missingOnPath(principal, on)
        .or(() ->
            has(principal, privilege, on)
                ? Optional.empty()
                : Optional.of(lack(privilege.sql(), on)));
  }

  /** What a principal lacks to grant on, alter, and drop a securable, in Databricks' words. */
  public Optional<String> missingToManage(Principal principal, Securable on) {
    return missingOnPath(principal, on)
        .or(() ->
            manages(principal, on)
                ? Optional.empty()
                : Optional.of(lack(Privilege.MANAGE.sql(), on)));
  }

  /** What a principal lacks to look at a securable, in Databricks' words. */
  public Optional<String> missingToSee(Principal principal, Securable on) {
    return sees(principal, on)
        ? Optional.empty()
        : missingOnPath(principal, on).or(() -> Optional.of(lack(whatOpens(on).sql(), on)));
  }

  /** The rights to use what a securable is in, the outermost first. */
  private Optional<String> missingOnPath(Principal principal, Securable on) {
    if (principal.isAdmin()) {
      return Optional.empty();
    }
    List<Securable> path = new ArrayList<>(on.parents());
    for (Securable parent : path.reversed()) {
      Privilege use = whatOpens(parent);
      boolean needed = !parent.isLegacy() || parent.kind() == Securable.Kind.SCHEMA;
      if (needed && !has(principal, use, parent)) {
        return Optional.of(lack(use.sql(), parent));
      }
    }
    return Optional.empty();
  }

  private boolean owns(Set<String> identities, Securable on) {
    return owners.of(on).map(Owners.Owned::owner).filter(identities::contains).isPresent();
  }

  private boolean isGranted(Set<String> identities, Privilege privilege, Securable on) {
    boolean summed = privilege != Privilege.MANAGE && privilege != Privilege.ALL_PRIVILEGES;
    return identities.stream()
        .map(name -> grants.of(name, on))
        .anyMatch(granted ->
            granted.contains(privilege) || (summed && granted.contains(Privilege.ALL_PRIVILEGES)));
  }

  /** Whether a privilege is about that sort of securable itself, not only about what is in it. */
  private static boolean opens(Privilege privilege, Securable on) {
    boolean passage = privilege == Privilege.USE_CATALOG || privilege == Privilege.USE_SCHEMA;
    return passage ? privilege == whatOpens(on) : privilege.appliesTo(on);
  }

  private static Privilege whatOpens(Securable on) {
    return switch (on.kind()) {
      case METASTORE -> Privilege.CREATE_CATALOG;
      case CATALOG -> on.isLegacy() ? Privilege.USAGE : Privilege.USE_CATALOG;
      case SCHEMA -> on.isLegacy() ? Privilege.USAGE : Privilege.USE_SCHEMA;
      case TABLE, VIEW -> Privilege.SELECT;
      case FUNCTION -> on.isLegacy() ? Privilege.SELECT : Privilege.EXECUTE;
    };
  }

  private static Privilege whatCreates(Securable made) {
    return switch (made.kind()) {
      case METASTORE, CATALOG -> Privilege.CREATE_CATALOG;
      case SCHEMA -> made.isLegacy() ? Privilege.CREATE : Privilege.CREATE_SCHEMA;
      case TABLE, VIEW -> made.isLegacy() ? Privilege.CREATE : Privilege.CREATE_TABLE;
      case FUNCTION ->
          made.isLegacy() ? Privilege.CREATE_NAMED_FUNCTION : Privilege.CREATE_FUNCTION;
    };
  }

  private static void refuseFor(Optional<String> missing) {
    if (missing.isPresent()) {
      throw SqlRefusal.insufficientPermissions(missing.get());
    }
  }

  private static Securable catalogOf(Securable on) {
    return on.parents().isEmpty() ? on : on.parents().getLast();
  }

  private static String lack(String right, Securable on) {
    return "User does not have " + right + " on " + on.described() + ".";
  }
}
