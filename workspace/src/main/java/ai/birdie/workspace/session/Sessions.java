package ai.birdie.workspace.session;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.SqlRefusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sessions that clients have opened: each of one principal, for whom alone it is there.
 *
 * <p>Thread-safe; a session's statements run one after the other. A session that was not used for
 * an hour is closed. Closing this closes all of them.
 */
public final class Sessions implements AutoCloseable {
  /** How many there may be at a time: each keeps some megabytes of Spark's. */
  public static final int MOST = 200;

  /** How long one is kept that nobody uses. */
  public static final Duration IDLE = Duration.ofHours(1);

  private final Function<Principal, PrincipalSession> starter;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Map<String, Open> open = new ConcurrentHashMap<>();

  /**
   * @param starter begins a session for a principal
   * @param clock by which they are idle
   * @param ids a new id at each call
   */
  public Sessions(
      Function<Principal, PrincipalSession> starter, InstantSource clock, Supplier<String> ids) {
    this.starter = starter;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Opens one.
   *
   * @return its id
   * @throws RejectedExecutionException when there are too many already
   * @throws SqlRefusal for a catalog, a schema, or a parameter that there is not
   */
  public String open(Principal principal, SessionSettings settings) {
    closeIdle();
    if (open.size() >= MOST) {
      throw new RejectedExecutionException("too many sessions");
    }
    PrincipalSession session = starter.apply(principal);
    try {
      session.begin(settings);
    } catch (Exception e) { // Scala throws undeclared checked ones
      session.close();
      throw e;
    }
    String id = ids.get();
    open.put(id, new Open(session, clock.instant()));
    return id;
  }

  /** Whether the principal has a session of that id. */
  public boolean has(Principal principal, String id) {
    closeIdle();
    return find(principal, id).isPresent();
  }

  /**
   * Runs something in a session, when whatever ran in it before has ended; empty when it was no
   * longer wanted by then.
   *
   * @param wanted asked before it waits, when its turn comes, and at each {@link #askWaiting}
   * @throws SqlRefusal when the principal has no session of that id, or no more
   */
  public <T> Optional<T> use(
      Principal principal, String id, BooleanSupplier wanted, Function<PrincipalSession, T> work) {
    return find(principal, id)
        .orElseThrow(() -> SqlRefusal.sessionClosed(id))
        .use(id, wanted, work);
  }

  /** Has whatever waits for its turn ask whether it is still wanted. */
  public void askWaiting() {
    open.values().forEach(session -> session.turn.ask());
  }

  /** Closes the principal's session of that id; whether there was one. */
  public boolean close(Principal principal, String id) {
    Optional<Open> found = find(principal, id).filter(session -> open.remove(id, session));
    found.ifPresent(Open::close);
    return found.isPresent();
  }

  @Override
  public void close() {
    open.values().forEach(Open::close);
    open.clear();
  }

  private Optional<Open> find(Principal principal, String id) {
    return Optional.ofNullable(open.get(id))
        .filter(session -> session.principalSession.principal().equals(principal));
  }

  private void closeIdle() {
    Instant now = clock.instant();
    open.forEach((id, session) -> {
      if (session.idleSince(now.minus(IDLE)) && open.remove(id, session)) {
        session.close();
      }
    });
  }

  /** One session, and when it was last used. */
  private final class Open implements AutoCloseable {
    private final PrincipalSession principalSession;
    private final Turn turn = new Turn();
    private volatile Instant usedAt;
    private volatile boolean closed = false;

    Open(PrincipalSession principalSession, Instant openedAt) {
      this.principalSession = principalSession;
      this.usedAt = openedAt;
    }

    <T> Optional<T> use(String id, BooleanSupplier wanted, Function<PrincipalSession, T> work) {
      if (!turn.begin(wanted)) {
        closeIfClosed();
        return Optional.empty();
      }
      try {
        if (closed) {
          throw SqlRefusal.sessionClosed(id);
        }
        return Optional.of(work.apply(principalSession));
      } finally {
        usedAt = clock.instant();
        turn.end();
        closeIfClosed();
      }
    }

    boolean idleSince(Instant then) {
      return !turn.isTaken() && usedAt.isBefore(then);
    }

    /** Nothing more begins in it; what runs in it comes to its end. */
    @Override
    public void close() {
      closed = true;
      closeUnlessUsed();
    }

    private void closeIfClosed() {
      if (closed) {
        closeUnlessUsed();
      }
    }

    private void closeUnlessUsed() {
      if (turn.beginIfFree()) {
        principalSession.close();
        turn.end();
      }
    }
  }
}
