package ai.birdie.app.config;

import ai.birdie.core.error.ConfigException;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /**
   * The credentials; empty where the file lacks them, or where they are known to be wrong.
   *
   * @param files of which some values are the content, by their pointers
   */
  static Optional<Credentials> read(Values values, Map<String, Path> files) {
    if (values.text(METHOD).orElse("oauth").equals("pat")) {
      return secret(TOKEN, values, files).map(Credentials.PersonalAccessToken::new);
    }
    return values
        .text(CLIENT_ID)
        .flatMap(id ->
            secret(CLIENT_SECRET, values, files).map(secret -> new Credentials.OAuth(id, secret)));
  }

  /** A secret in a file of its own may be exchanged for another while a run goes on. */
  private static Optional<Secret> secret(String pointer, Values values, Map<String, Path> files) {
    Optional<Path> file = Optional.ofNullable(files.get(pointer));
    return values
        .text(pointer)
        .map(text -> file.map(Authentication::inFile).orElseGet(() -> Secret.of(text)));
  }

  private static Secret inFile(Path file) {
    return Secret.from(() -> {
      try {
        return References.content(file);
      } catch (IOException e) {
        throw new ConfigException(
            "The file %s, which holds the secret, can no longer be read.".formatted(file),
            "Put it back, and run the command again.",
            e);
      }
    });
  }
}
