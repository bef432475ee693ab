package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Grants;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * GRANT and REVOKE, which Spark cannot parse.
 *
 * @param verb whether rights are given or taken
 * @param privileges which rights
 * @param kind the sort of what they are on
 * @param name its name's parts, as written
 * @param principal who gets or loses them
 */
record GrantStatement(
    Verb verb, List<Privilege> privileges, Securable.Kind kind, List<String> name, String principal)
    implements OwnStatement {
  enum Verb {
    GRANT,
    REVOKE
  }

  private static final String IDENTIFIER = "(?:`(?:[^`]|``)+`|[\\p{L}\\p{N}_]+)";
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\s*(GRANT|REVOKE)\\s+(.+?)\\s+ON\\s+(?:(CATALOG|SCHEMA|DATABASE|TABLE|VIEW)\\s+)?("
              + IDENTIFIER
              + "(?:\\s*\\.\\s*"
              + IDENTIFIER
              + ")*)\\s+(?:TO|FROM)\\s+(`(?:[^`]|``)+`|\\S+?)\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The statement, where the text is one of these; everything else is for Spark. */
  static Optional<GrantStatement> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Verb verb = Verb.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    String word = matcher.group(3) == null ? "TABLE" : matcher.group(3).toUpperCase(Locale.ROOT);
    Securable.Kind kind =
        word.equals("DATABASE") ? Securable.Kind.SCHEMA : Securable.Kind.valueOf(word);
    List<Privilege> privileges = new ArrayList<>();
    for (String privilege : matcher.group(2).split(",", -1)) {
      privileges.add(
          Privilege.named(privilege, kind)
              .orElseThrow(() ->
                  SqlRefusal.invalidParameter(
                      "Privilege " + privilege.strip() + " is not applicable to " + kind + ".")));
    }
    return Optional.of(
        new GrantStatement(
            verb, privileges, kind, parts(matcher.group(4)), unquoted(matcher.group(5))));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    if (!session.principal().isAdmin()) {
      throw SqlRefusal.insufficientPermissions("User does not have MANAGE on the securable.");
    }
    Securable on = securable(session::currentCatalog, session::currentSchema);
    session.metastore().requireExists(on);
    apply(session.metastore().grants(), on);
    return session.spark().emptyDataFrame();
  }

  /** The securable; what the name leaves out comes from the session's setting. */
  private Securable securable(Supplier<String> currentCatalog, Supplier<String> currentSchema) {
    List<String> full = new ArrayList<>(name);
    int wanted =
        switch (kind) {
          case CATALOG -> 1;
          case SCHEMA -> 2;
          case TABLE, VIEW -> 3;
        };
    if (full.size() == wanted - 1 && wanted > 1) {
      full.addFirst(currentCatalog.get());
    } else if (full.size() == 1 && wanted == 3) {
      full.addFirst(currentSchema.get());
      full.addFirst(currentCatalog.get());
    }
    if (full.size() != wanted) {
      throw SqlRefusal.invalidParameter("Not a name of a " + kind + ": " + name + ".");
    }
    return new Securable(kind, full);
  }

  private void apply(Grants grants, Securable on) {
    for (Privilege privilege : privileges) {
      switch (verb) {
        case GRANT -> grants.grant(principal, privilege, on);
        case REVOKE -> grants.revoke(principal, privilege, on);
      }
    }
  }

  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = Pattern.compile(IDENTIFIER).matcher(name);
    while (matcher.find()) {
      parts.add(unquoted(matcher.group()));
    }
    return parts;
  }

  private static String unquoted(String identifier) {
    return identifier.startsWith("`")
        ? identifier.substring(1, identifier.length() - 1).replace("``", "`")
        : identifier;
  }
}
