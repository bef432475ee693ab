package ai.birdie.databricks;

import static java.util.Objects.requireNonNull;

/** As whom the workspace is read. */
public sealed interface Credentials {

  /** A service principal's OAuth secret, exchanged for tokens that last an hour. */
  record OAuth(String clientId, Secret clientSecret) implements Credentials {

    public OAuth {
      requireNonNull(clientSecret);
      if (clientId.isBlank() || clientId.chars().anyMatch(c -> c < 0x20 || c == ':')) {
        throw new IllegalArgumentException("Not a client id");
      }
    }

    @Override
    public String grantee() {
      return clientId;
    }
  }

  /** A token that belongs to one person or service principal. */
  record PersonalAccessToken(Secret token) implements Credentials {

    public PersonalAccessToken {
      requireNonNull(token);
    }

    @Override
    public String grantee() {
      return "<owner of the token>";
    }
  }

  /** To whom rights are granted, as it stands in a GRANT statement. */
  String grantee();
}
