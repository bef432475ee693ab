package ai.birdie.app.config;

import ai.birdie.databricks.network.AllowedHosts;

/** Which hosts a connection file may name. Immutable. */
public final class HostRule {

  /** Databricks' own hosts, by https. */
  public static final HostRule PUBLIC = new HostRule(false, AllowedHosts.NONE);

  /** A workspace on this machine too, by plain http: what the option {@code --local} allows. */
  public static final HostRule LOCAL = new HostRule(true, AllowedHosts.NONE);

  private final boolean local;
  private final AllowedHosts allowed;

  private HostRule(boolean local, AllowedHosts allowed) {
    this.local = local;
    this.allowed = allowed;
  }

  /** The same hosts, and those that an administrator allows. */
  public HostRule and(AllowedHosts hosts) {
    return new HostRule(local, hosts);
  }

  boolean isLocal() {
    return local;
  }

  AllowedHosts allowed() {
    return allowed;
  }
}
