package ai.birdie.workspace.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The workspace's users, service principals, and groups.
 *
 * <p>Thread-safe. Groups are the account's, which Unity Catalog takes for grantees, but for two of
 * the workspace's own: it knows these only in the Hive metastore and on warehouses.
 */
public final class Principals {
  /** The account's group that everybody is in. */
  public static final String ACCOUNT_USERS = "account users";

  /** The workspace's own group that everybody is in. */
  public static final String WORKSPACE_USERS = "users";

  /** The workspace's own group of administrators. */
  public static final String WORKSPACE_ADMINS = "admins";

  /** The name of the built-in administrator. */
  public static final String ADMIN = "admin";

  /** The name of the built-in user. */
  public static final String READER = "reader@example.com";

  /** How the built-in service principal is called; grants name it by its application id. */
  public static final String SERVICE_PRINCIPAL = "birdie";

  /**
   * What is kept from one start to the next.
   *
   * @param accounts those that were added
   * @param groups the groups with their members' names
   */
  public record Kept(List<Account> accounts, Map<String, Set<String>> groups) {
    public Kept {
      accounts = List.copyOf(accounts);
      groups = Map.copyOf(groups);
    }

    /** Nothing yet. */
    public static Kept nothing() {
      return new Kept(List.of(), Map.of());
    }
  }

  private static final int MOST = 10_000;

  private final Map<String, Account> byName = new LinkedHashMap<>();
  private final Map<String, Principal> byToken = new LinkedHashMap<>();
  private final Map<String, Set<String>> groups = new TreeMap<>();
  private final int builtIn;
  private final RandomGenerator random;
  private final Consumer<Kept> onChange;

  /**
   * @param credentials what those sign in with that every workspace has
   * @param kept those that were added before
   * @param random what secrets are drawn from
   * @param onChange told of all that is to be kept after each change, in the order of changes
   */
  public Principals(
      Credentials credentials, Kept kept, RandomGenerator random, Consumer<Kept> onChange) {
    this.random = random;
    this.onChange = onChange;
    put(new Account(Principal.user(ADMIN, Principal.Role.ADMIN), credentials.adminToken(), null));
    put(
        new Account(
            Principal.user(READER, Principal.Role.MEMBER),
            credentials.personalAccessToken(),
            null));
    put(
        new Account(
            Principal.servicePrincipal(credentials.clientId(), SERVICE_PRINCIPAL),
            null,
            credentials.clientSecret()));
    this.builtIn = byName.size();
    kept.accounts().forEach(this::put);
    kept.groups().forEach((group, members) -> groups.put(group, new TreeSet<>(members)));
  }

  /**
   * Adds a principal, with a secret of its own.
   *
   * @param name a user's name, or how a service principal is called
   * @throws IllegalArgumentException when the name is taken, or there are too many
   */
  public synchronized Account add(String name, Principal.Kind kind, Set<String> memberOf) {
    memberOf.forEach(Principals::requireJoinable);
    if (isTaken(name)) {
      throw new IllegalArgumentException("There is a principal named " + name + " already.");
    }
    if (byName.size() >= MOST) {
      throw new IllegalArgumentException("There are " + MOST + " principals already.");
    }
    Account account =
        switch (kind) {
          case USER ->
              new Account(Principal.user(name, Principal.Role.MEMBER), "dapi" + hex(16), null);
          case SERVICE_PRINCIPAL ->
              new Account(Principal.servicePrincipal(id(), name), null, "dose" + hex(16));
          case GROUP -> throw new IllegalArgumentException("A group is made by its members.");
        };
    put(account);
    memberOf.forEach(group -> members(group).add(account.principal().name()));
    changed();
    return account;
  }

  /**
   * Puts a principal into groups, and takes it out of all others.
   *
   * @throws IllegalArgumentException for a group that nobody can be put into
   */
  public synchronized void regroup(Principal principal, Set<String> memberOf) {
    memberOf.forEach(Principals::requireJoinable);
    groups.values().forEach(members -> members.remove(principal.name()));
    memberOf.forEach(group -> members(group).add(principal.name()));
    changed();
  }

  /** Who holds a token that never expires. */
  public synchronized Optional<Principal> holder(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  /** The service principal that knows its secret. */
  public synchronized Optional<Principal> client(String id, String secret) {
    return Optional.ofNullable(byName.get(id))
        .filter(account -> equal(secret, account.clientSecret()))
        .map(Account::principal);
  }

  /** The principal that grants know by that name. */
  public synchronized Optional<Principal> named(String name) {
    return Optional.ofNullable(byName.get(name)).map(Account::principal);
  }

  /** All users and service principals, the built-in ones first. */
  public synchronized List<Principal> all() {
    return byName.values().stream().map(Account::principal).toList();
  }

  /** Whether something can be granted to that name, or be owned by it, on such a securable. */
  public synchronized boolean isGrantee(String name, Securable on) {
    return byName.containsKey(name)
        || isAccountGroup(name)
        || (on.isLegacy() && (name.equals(WORKSPACE_USERS) || name.equals(WORKSPACE_ADMINS)));
  }

  /** Whether there is such a group, of the account or of the workspace itself. */
  public synchronized boolean isGroup(String name) {
    return isAccountGroup(name) || name.equals(WORKSPACE_USERS) || name.equals(WORKSPACE_ADMINS);
  }

  /** The principal's own name, and those of all its groups. */
  public synchronized Set<String> identities(Principal principal) {
    Set<String> names = new LinkedHashSet<>();
    names.add(principal.name());
    groups.forEach((group, members) -> {
      if (members.contains(principal.name())) {
        names.add(group);
      }
    });
    names.add(ACCOUNT_USERS);
    names.add(WORKSPACE_USERS);
    if (principal.isAdmin()) {
      names.add(WORKSPACE_ADMINS);
    }
    return names;
  }

  private static void requireJoinable(String group) {
    if (group.isBlank()
        || Set.of(ACCOUNT_USERS, WORKSPACE_USERS, WORKSPACE_ADMINS).contains(group)) {
      throw new IllegalArgumentException("Nobody can be put into the group " + group + ".");
    }
  }

  private boolean isAccountGroup(String name) {
    return name.equals(ACCOUNT_USERS) || groups.containsKey(name);
  }

  private boolean isTaken(String name) {
    return isGroup(name)
        || byName.values().stream()
            .map(Account::principal)
            .anyMatch(each -> each.name().equals(name) || each.displayName().equals(name));
  }

  private Set<String> members(String group) {
    return groups.computeIfAbsent(group, name -> new TreeSet<>());
  }

  private void put(Account account) {
    byName.put(account.principal().name(), account);
    String token = account.token();
    if (token != null) {
      byToken.put(token, account.principal());
    }
  }

  private void changed() {
    List<Account> added = new ArrayList<>(byName.values());
    onChange.accept(new Kept(added.subList(builtIn, added.size()), groups));
  }

  private String hex(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static boolean equal(String given, @Nullable String expected) {
    return expected != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
