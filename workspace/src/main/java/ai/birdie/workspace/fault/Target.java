package ai.birdie.workspace.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls that a fault can strike. */
public enum Target {
  /** Asking for a token. */
  TOKEN("POST oidc/v1/token"),
  /** The look at the root by which clients prove that they may use the API. */
  API_ROOT("GET api/2\\.0/workspace/get-status"),
  /** Asking how a warehouse is. */
  WAREHOUSE_GET("GET api/2\\.0/sql/warehouses/[^/]+"),
  /** Starting a warehouse. */
  WAREHOUSE_START("POST api/2\\.0/sql/warehouses/[^/]+/start"),
  /** Submitting a statement. */
  EXECUTE("POST api/2\\.0/sql/statements"),
  /** Asking how a statement is. */
  POLL("GET api/2\\.0/sql/statements/(?<id>[^/]+)"),
  /** Asking for a chunk, or for fresh links to it. */
  CHUNK("GET api/2\\.0/sql/statements/(?<id>[^/]+)/result/chunks/(?<chunk>\\d{1,9})"),
  /** Cancelling a statement. */
  CANCEL("POST api/2\\.0/sql/statements/(?<id>[^/]+)/cancel"),
  /** Closing a statement. */
  CLOSE("DELETE api/2\\.0/sql/statements/(?<id>[^/]+)"),
  /** Fetching what a link leads to. */
  DOWNLOAD("GET storage/(?<id>[^/]+)/(?<chunk>\\d{1,9})"),
  /** Whatever answers with a result or with links: execute, poll, and chunk. */
  RESULT(""),
  /** Every call but those of the control panel. */
  ANY("");

  private static final List<Target> CALLS =
      Arrays.stream(values()).filter(target -> target != RESULT && target != ANY).toList();

  private final Pattern line;

  Target(String line) {
    this.line = Pattern.compile(line);
  }

  /** Its name in requests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a request is a call of; {@link #ANY} for one that has no name of its own. */
  static Target of(String line) {
    return CALLS.stream()
        .filter(target -> target.line.matcher(line).matches())
        .findFirst()
        .orElse(ANY);
  }

  boolean covers(Target call) {
    return switch (this) {
      case ANY -> true;
      case RESULT -> call == EXECUTE || call == POLL || call == CHUNK;
      default -> this == call;
    };
  }

  /** A part of the request's path that the call names so. */
  Optional<String> part(String line, String name) {
    Matcher matcher = this.line.matcher(line);
    return matcher.matches() && this.line.namedGroups().containsKey(name)
        ? Optional.of(matcher.group(name))
        : Optional.empty();
  }
}
