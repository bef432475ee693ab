package ai.birdie.databricks.network;

import ai.birdie.core.error.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The hosts that an administrator allows beside the vendor's and the clouds': workspaces and
 * storage with names of their own, and private links, because what is on this list may lie in a
 * private network. Immutable.
 */
public final class AllowedHosts {

  /** Nothing but the vendor's hosts and the clouds', at public addresses. */
  public static final AllowedHosts NONE = new AllowedHosts(List.of());

  /** The environment variable that holds the list, as people are told. */
  public static final String VARIABLE = "BIRDIE_ALLOW_HOSTS";

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

  /** A name or a suffix of two labels or more, of which the last is no number: never an address. */
  private static final Pattern ENTRY =
      Pattern.compile("\\.?(?:" + LABEL + "\\.)+(?=[a-z])" + LABEL);

  private static final Pattern PREFIX = Pattern.compile("(?:" + LABEL + "\\.)*" + LABEL);

  private final List<String> entries;

  private AllowedHosts(List<String> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads a list.
   *
   * @param list exact names, and suffixes that begin with a dot, in lower case, separated by
   *     commas; may be empty
   * @throws ConfigException if an entry is neither
   */
  public static AllowedHosts of(String list) {
    List<String> entries = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String entry = part.strip();
      if (entry.isEmpty() && list.isBlank()) {
        continue;
      }
      if (!ENTRY.matcher(entry).matches()) {
        throw new ConfigException(
            VARIABLE + " has an entry that is no host, its number " + (entries.size() + 1) + ".",
            "Give names such as storage.example.com, or suffixes such as .example.com, in lower case"
                + " and separated by commas, without scheme, port, or path.");
      }
      entries.add(entry);
    }
    return new AllowedHosts(entries);
  }

  /** Whether a host is on the list; its name in lower case. */
  public boolean includes(String host) {
    return entries.stream().anyMatch(entry -> isMeant(entry, host));
  }

  private static boolean isMeant(String entry, String host) {
    if (!entry.startsWith(".")) {
      return entry.equals(host);
    }
    return host.endsWith(entry)
        && PREFIX.matcher(host.substring(0, host.length() - entry.length())).matches();
  }
}
