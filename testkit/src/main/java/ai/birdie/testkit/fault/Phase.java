package ai.birdie.testkit.fault;

/** The calls by which a table is read: each can fail by itself. */
public enum Phase {
  /** A token is asked for. */
  TOKEN,
  /** A statement is sent whose result is to be downloaded. */
  SUBMIT,
  /** Such a statement is asked how it stands. */
  POLL,
  /** Links to a chunk are asked for. */
  LINK,
  /** A chunk is downloaded. */
  DOWNLOAD,
  /** Anything else. */
  OTHER;

  private static final String STATEMENTS = "/api/2.0/sql/statements";

  static Phase of(Message request) {
    String line = request.start();
    if (line.startsWith("POST /oidc/v1/token")) {
      return TOKEN;
    }
    if (line.startsWith("POST " + STATEMENTS + " ")) {
      return isDownloaded(request) ? SUBMIT : OTHER;
    }
    if (line.startsWith("GET " + STATEMENTS + "/")) {
      return line.contains("/result/chunks/") ? LINK : POLL;
    }
    return line.startsWith("GET /storage/") ? DOWNLOAD : OTHER;
  }

  /** Whether a statement is sent whose result is to be downloaded. */
  private static boolean isDownloaded(Message request) {
    return request.text().contains("\"EXTERNAL_LINKS\"");
  }
}
