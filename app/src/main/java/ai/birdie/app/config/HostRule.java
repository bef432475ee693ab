package ai.birdie.app.config;

/** Which hosts a connection file may name. */
public enum HostRule {
  /** Databricks' own hosts, by https. */
  PUBLIC,
  /** A workspace on this machine too, by plain http: what the option {@code --local} allows. */
  LOCAL
}
