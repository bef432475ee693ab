package ai.birdie.app.config;

import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.Secret;
import java.util.List;
import java.util.Optional;

/** The file's block {@code auth}. */
final class Authentication {

  static final String METHOD = "/connection_details/auth/method";

  private static final String CLIENT_ID = "/connection_details/auth/client_id";
  private static final String CLIENT_SECRET = "/connection_details/auth/client_secret";
  private static final String TOKEN = "/connection_details/auth/personal_access_token";

  static final List<String> OAUTH_KEYS = List.of(CLIENT_ID, CLIENT_SECRET);
  static final List<String> PAT_KEYS = List.of(TOKEN);
  static final List<String> SECRETS = List.of(CLIENT_SECRET, TOKEN);

  private Authentication() {}

  /** The credentials; empty where the file lacks them, or where they are known to be wrong. */
  static Optional<Credentials> read(Values values) {
    if (values.text(METHOD).orElse("oauth").equals("pat")) {
      return values.text(TOKEN).map(Secret::of).map(Credentials.PersonalAccessToken::new);
    }
    return values
        .text(CLIENT_ID)
        .flatMap(id ->
            values.text(CLIENT_SECRET).map(secret -> new Credentials.OAuth(id, Secret.of(secret))));
  }
}
