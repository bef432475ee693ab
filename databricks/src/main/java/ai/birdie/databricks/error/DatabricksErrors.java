package ai.birdie.databricks.error;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.network.AllowedHosts;
import ai.birdie.databricks.privilege.Right;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What this module tells people: what failed, why, and what to do. Nothing that a server says is
 * repeated but names, codes, and states; causes are kept only where their text is ours or the
 * JDK's.
 *
 * @param host the workspace's name
 * @param identity to whom rights would be granted, as far as is known when it is asked
 */
public record DatabricksErrors(String host, String warehouseId, Supplier<String> identity) {

  /** The codes of a statement that failed, and would not have at another time. */
  private static final Set<String> PASSING_CODES =
      Set.of(
          "ABORTED",
          "DEADLINE_EXCEEDED",
          "INTERNAL_ERROR",
          "IO_ERROR",
          "RESOURCE_EXHAUSTED",
          "SERVICE_UNDER_MAINTENANCE",
          "TEMPORARILY_UNAVAILABLE",
          "WORKSPACE_TEMPORARILY_UNAVAILABLE");

  /** Connections, conflicts, resources, an operator, the system, sessions, the engine itself. */
  private static final Pattern PASSING_STATES = Pattern.compile("(08|40|53|57|58|HY|XX)...");

  private static final String TRY_LATER = "Run the same command again in a few minutes.";
  private static final String REPEAT =
      "Nothing of this window was landed. Run the same command again; if it comes back, report it"
          + " with the statement id from the query history.";

  /** Of causes, which may go round in a circle. */
  private static final int LONGEST_CHAIN = 20;

  public DatabricksErrors {
    requireNonNull(host);
    requireNonNull(warehouseId);
    requireNonNull(identity);
  }

  /** The network did not carry a request, or not its answer; a wrong certificate lasts. */
  public SourceException unreachable(String purpose, IOException e) {
    return unreachable(host, purpose, e);
  }

  private static SourceException unreachable(String name, String purpose, IOException e) {
    if (e instanceof SSLException insecure) {
      return insecure(name, purpose, insecure);
    }
    String why = "the connection broke";
    String remedy = TRY_LATER;
    if (e instanceof UnknownHostException || e.getCause() instanceof UnresolvedAddressException) {
      why = "the name cannot be resolved";
      remedy = "Check the host's spelling and this machine's network, then run it again.";
    } else if (e instanceof ConnectException) {
      why = "the connection was refused";
      remedy = "Check the host, this machine's network, and its proxy settings, then run it again.";
    } else if (e instanceof SocketTimeoutException) {
      why = "it did not answer in time";
    }
    return SourceException.passing(
        "Cannot reach " + name + " to " + purpose + ": " + why + ".", remedy, e);
  }

  private static SourceException insecure(String name, String purpose, SSLException e) {
    String message = "Cannot " + purpose + ": no secure connection to " + name + ".";
    return isOfACertificate(e)
        ? SourceException.lasting(
            message,
            "Check the name, the machine's clock, and whether a proxy stands between; a proxy's"
                + " certificate belongs into the JVM's trust store.",
            e)
        : SourceException.passing(
            message,
            TRY_LATER
                + " If it comes back, see whether a proxy stands between, and speaks TLS 1.2 or 1.3.",
            e);
  }

  private static boolean isOfACertificate(SSLException e) {
    return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
        .limit(LONGEST_CHAIN)
        .anyMatch(each ->
            each instanceof CertificateException || each instanceof SSLPeerUnverifiedException);
  }

  /** A request took longer than it may. */
  public SourceException tooSlow(String purpose) {
    return SourceException.passing(
        "Cannot " + purpose + ": " + host + " did not answer in time.", TRY_LATER, null);
  }

  /** This thread was asked to stop. The thread stays marked so. */
  public static SourceException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return SourceException.passing("Stopped while waiting.", "Run the same command again.", e);
  }

  /** The JVM is told to trust a certificate whatever name it is for. */
  public static ConfigException namesUnchecked(String property) {
    return new ConfigException(
        "The JVM's setting "
            + property
            + " is there, with which a workspace's certificate may be anybody's.",
        "Take it out of the JVM's options: the command line, JDK_JAVA_OPTIONS, and"
            + " JAVA_TOOL_OPTIONS.");
  }

  /** A page, or garbage, where JSON was due. */
  public SourceException notJson(String purpose) {
    return SourceException.lasting(
        "Cannot " + purpose + ": " + host + " did not answer with JSON.",
        "This is often a log-in page or a proxy's page. Open the host in a browser on this machine,"
            + " and check that it is the workspace's own URL.",
        null);
  }

  /** The workspace pointed elsewhere, which is never followed. */
  public SourceException redirected(String purpose) {
    return SourceException.lasting(
        "Cannot " + purpose + ": " + host + " redirects elsewhere, which is never followed.",
        "Check that the host is the workspace's own URL, and that no portal stands between.",
        null);
  }

  /** The workspace does not accept who is asking. */
  public AccessException refusedCredential(String purpose, Failure failure) {
    if (failure.mentions("ip acl") || failure.mentions("ip access list")) {
      return new AccessException(
          "Cannot " + purpose + ": " + host + " does not accept requests from this network.",
          "Have this machine's public address added to the workspace's IP access list.");
    }
    return new AccessException(
        "Cannot "
            + purpose
            + ": "
            + host
            + " does not accept the credential"
            + failure.reference()
            + ".",
        "Check client_id and client_secret, or the personal access token: whether they belong to"
            + " this workspace, and whether they have expired or been revoked."
            + entra(failure));
  }

  /** Secrets of the two look alike, and only one sort is taken [databricks-api.md, 1.7]. */
  private String entra(Failure failure) {
    return host.endsWith(".azuredatabricks.net") && failure.code().equals("invalid_client")
        ? " A secret that was made in Microsoft Entra is not taken: make an OAuth secret for the"
            + " service principal in Databricks."
        : "";
  }

  /** The workspace knows who is asking, and refuses what is asked. */
  public AccessException refused(String purpose, Failure failure) {
    return new AccessException(
        "Cannot " + purpose + ": " + host + " refuses it" + failure.reference() + ".",
        "Give `"
            + grantee()
            + "` the permission CAN USE on the SQL warehouse "
            + warehouseId
            + ", and access to the workspace and to Databricks SQL.");
  }

  /** The workspace does not give out links to results, so that rows must come another way. */
  public SourceException noExternalLinks(String purpose, Failure failure) {
    return SourceException.lost(
        "Cannot "
            + purpose
            + ": "
            + host
            + " gives out no external links"
            + failure.reference()
            + ".",
        "Have external links enabled for the workspace by Databricks' support.");
  }

  /** Any other status. */
  public BirdieException status(String purpose, int status, Failure failure) {
    if (status == 407) {
      return proxyRefused(host, purpose);
    }
    String message =
        "Cannot " + purpose + ": " + host + " answered HTTP " + status + failure.reference() + ".";
    boolean passing = status == 408 || status == 409 || status == 429 || status >= 500;
    return passing
        ? SourceException.passing(message, TRY_LATER, null)
        : SourceException.lasting(
            message, "Run birdie validate, which checks each step by itself.", null);
  }

  private static SourceException proxyRefused(String name, String purpose) {
    return SourceException.lasting(
        "Cannot "
            + purpose
            + ": a proxy between this machine and "
            + name
            + " asks for a login (HTTP 407).",
        "Have the proxy let this machine reach "
            + name
            + ", or name another one by the JVM's settings https.proxyHost and https.proxyPort.",
        null);
  }

  /** The warehouse of the connection file is not there. */
  public ConfigException noWarehouse() {
    return new ConfigException(
        "The workspace " + host + " has no SQL warehouse " + warehouseId + ", or hides it.",
        "Check warehouse_id: it is the last part of the warehouse's HTTP path. If it is right, give"
            + " `"
            + grantee()
            + "` the permission CAN USE on it.");
  }

  /** The warehouse did not come up. */
  public SourceException warehouseNotRunning(String state) {
    return SourceException.passing(
        "The SQL warehouse " + warehouseId + " does not run: its state is " + state + ".",
        "Start it on its page in the workspace, see what it says, then run it again.",
        null);
  }

  /**
   * A statement did not end in time. That it be cancelled is asked for, and never confirmed
   * [databricks-api.md, 1.1].
   */
  public SourceException statementTooSlow(String purpose) {
    return SourceException.passing(
        "Cannot "
            + purpose
            + ": the statement did not end in time. Its cancellation was asked for; it may still"
            + " run.",
        "See in the query history of warehouse "
            + warehouseId
            + " that it has ended, then run it again; if the warehouse is busy or small, use"
            + " another one or smaller windows.",
        null);
  }

  /** A statement ended, but not well. */
  public BirdieException statementFailed(
      String purpose, Optional<TableName> table, String state, Failure failure) {
    return switch (failure.sqlState()) {
      case "42501" ->
          table
              .map(name -> (BirdieException) missingRight(purpose, name, failure))
              .orElseGet(() -> refused(purpose, failure));
      case "42P01" -> notFound(purpose, "the table or view", table, failure);
      case "42704" -> notFound(purpose, "the catalog or schema", table, failure);
      case "42703" ->
          new ConfigException(
              "Cannot "
                  + purpose
                  + ": a column is not there, or no longer"
                  + failure.reference()
                  + ".",
              "Check partition_column and the other columns that the connection file names, then"
                  + " run: birdie validate");
      default -> statementEnded(purpose, state, failure);
    };
  }

  private ConfigException notFound(
      String purpose, String what, Optional<TableName> table, Failure failure) {
    return new ConfigException(
        "Cannot "
            + purpose
            + ": "
            + what
            + " is not found, or not visible to this credential"
            + failure.reference()
            + ".",
        "Check catalog, schema, and table for spelling."
            + table.map(t -> " If they are right: " + grants(t)).orElse(""));
  }

  private BirdieException statementEnded(String purpose, String state, Failure failure) {
    if ("CANCELED".equals(state)) {
      return SourceException.passing(
          "Cannot " + purpose + ": somebody cancelled the statement.", TRY_LATER, null);
    }
    if (failure.mentions("byte limit exceeded")) {
      return SourceException.tooLarge(
          "Cannot " + purpose + ": the result is too large to be sent inline.",
          "Use smaller windows.");
    }
    boolean passing =
        PASSING_CODES.contains(failure.code())
            || PASSING_STATES.matcher(failure.sqlState()).matches();
    String message =
        "Cannot " + purpose + ": the statement ended as " + state + failure.reference() + ".";
    return passing
        ? SourceException.passing(message, TRY_LATER, null)
        : SourceException.lasting(
            message,
            "The query history of warehouse "
                + warehouseId
                + " has the statement and the whole"
                + " message.",
            null);
  }

  private AccessException missingRight(String purpose, TableName table, Failure failure) {
    String right = failure.missingRight().orElse("SELECT");
    return new AccessException(
        "Cannot "
            + purpose
            + ": "
            + grantee()
            + " has no "
            + right
            + " for it"
            + failure.reference()
            + ".",
        grants(table) + " then run: birdie validate");
  }

  private String grantee() {
    return identity.get();
  }

  private String grants(TableName table) {
    return Right.toRead(table).stream()
        .map(right -> right.grantTo(grantee()) + ";")
        .collect(Collectors.joining(" "));
  }

  /** A state or shape that the API does not document; it is never taken for success. */
  public SourceException unexpected(String purpose, String what) {
    return SourceException.lasting(
        "Cannot " + purpose + ": the workspace's answer has " + what + ".",
        "This may be a newer API than this version knows. Report it.",
        null);
  }

  /** A result that is not there any more. */
  public SourceException resultGone(String purpose) {
    return SourceException.lost(
        "Cannot " + purpose + ": the statement's result is no longer there.",
        "Run the same command again: the window is read anew.");
  }

  /** A result of which a part is here, and the rest there no longer: it was kept too shortly. */
  public static SourceException goneMeanwhile(String purpose) {
    return SourceException.tooLarge(
        "Cannot " + purpose + ": the statement's result was gone before all of it was downloaded.",
        "Run the same command again; if it comes back, use smaller windows: a result is kept for an"
            + " hour.");
  }

  /** A result that the warehouse did not give out to its end. */
  public static IncompleteException cutShort(String purpose) {
    return IncompleteException.cutShort(
        "Cannot " + purpose + ": the result is cut short, or does not say that it is not.", REPEAT);
  }

  /** Rows that are, as they were decoded, not those whose hashes the warehouse computed. */
  public static IncompleteException decodedWrongly(String purpose) {
    return new IncompleteException(
        "Cannot "
            + purpose
            + ": a row of a chunk, hashed again from its values as they were decoded, is not the one that the warehouse hashed.",
        "Nothing of this window was landed: its values were decoded wrongly, or the warehouse hashes them otherwise than expected. Report it with the statement id from the query history, and the types of the table's columns.");
  }

  /** A result whose download would take longer than it is kept. */
  public static SourceException tooLarge(String purpose, long bytes) {
    return SourceException.tooLarge(
        "Cannot " + purpose + " in one piece: the result has " + (bytes >> 20) + " MiB.",
        "Use smaller windows.");
  }

  /** A result that is not whole. */
  public static IncompleteException incomplete(String purpose, String what) {
    return new IncompleteException("Cannot " + purpose + ": " + what + ".", REPEAT);
  }

  /** A result that is not whole, as an exception of a decoder shows. */
  public static IncompleteException incomplete(String purpose, String what, Throwable cause) {
    return new IncompleteException("Cannot " + purpose + ": " + what + ".", REPEAT, cause);
  }

  /** A link that leads where no result of Databricks lies. */
  public static SourceException foreignLink(String linkHost) {
    return SourceException.lasting(
        "Refused to download a result from " + linkHost + ": it is not a cloud's storage host.",
        "If results of this workspace really lie there, an administrator allows that host by "
            + AllowedHosts.VARIABLE
            + ".",
        null);
  }

  /** A name that leads where such a host must not lie. */
  public static SourceException foreignAddress(String name, InetAddress address) {
    return SourceException.lasting(
        "Refused to connect to "
            + name
            + ": it resolves to "
            + address.getHostAddress()
            + ", which is no public address.",
        "Check what resolves names for this machine. If this is a private link, an administrator"
            + " allows it by "
            + AllowedHosts.VARIABLE
            + "="
            + name,
        null);
  }

  /** The storage cannot be reached from here. */
  public static BirdieException storageUnreachable(
      String storage, String purpose, IOException cause) {
    SourceException plain = unreachable(storage, purpose, cause);
    String remedy =
        "The workspace was reached, but its storage was not. Have the firewall allow https to "
            + storage
            + ".";
    return plain.retryable()
        ? SourceException.passing(text(plain), remedy, cause)
        : SourceException.lasting(text(plain), remedy, cause);
  }

  /** The storage was reached, and has not what a fresh link leads to. */
  public static SourceException storageLost(String storage, String purpose) {
    return SourceException.lost(
        "Cannot " + purpose + ": the storage host " + storage + " no longer has the result.",
        "Run the same command again: the window is read anew.");
  }

  /** The storage was reached, and refuses. */
  public static BirdieException storageRefused(String storage, String purpose, int status) {
    if (status == 407) {
      return proxyRefused(storage, purpose);
    }
    return new AccessException(
        "Cannot " + purpose + ": the storage host " + storage + " answered HTTP " + status + ".",
        "Have the storage account's firewall and any private endpoint allow this machine to reach "
            + storage
            + ".");
  }

  /** The storage fails. */
  public static SourceException storageFailed(String storage, String purpose, int status) {
    return SourceException.passing(
        "Cannot " + purpose + ": the storage host " + storage + " answered HTTP " + status + ".",
        TRY_LATER,
        null);
  }

  private static String text(BirdieException e) {
    return String.valueOf(e.getMessage());
  }

  /** A column of a type that cannot be landed. */
  public static SourceException unknownType(String column, String typeText) {
    return SourceException.lasting(
        "The column " + column + " has the type " + typeText + ", which this version cannot read.",
        "Read a view that leaves the column out, or casts it to STRING.",
        null);
  }

  /**
   * A column that the connection names is not there.
   *
   * @param key the key of the connection file that names it
   */
  public static ConfigException noColumn(
      String key, String column, TableName table, List<String> nearest) {
    return new ConfigException(
        "The table " + table + " has no column " + column + ".",
        "Set "
            + key
            + " to a column that it has"
            + (nearest.isEmpty() ? "." : ", such as " + String.join(", ", nearest) + "."));
  }

  /** The cursor's column cannot be a cursor. */
  public static ConfigException notACursor(String column, TableName table, String typeText) {
    return new ConfigException(
        "The column "
            + column
            + " of "
            + table
            + " is of type "
            + typeText
            + ", which does not say when a row was changed.",
        "Set partition_column to a column of type TIMESTAMP, TIMESTAMP_NTZ, DATE, a whole number,"
            + " or STRING.");
  }

  /** A number may count anything. */
  public static ConfigException noUnit(String column, TableName table) {
    return new ConfigException(
        "The column " + column + " of " + table + " is a number, and nothing says what it counts.",
        "Add \"ingestion\": {\"cursor_unit\": \"seconds\"} to the connection file, or"
            + " \"milliseconds\", or \"microseconds\".");
  }
}
