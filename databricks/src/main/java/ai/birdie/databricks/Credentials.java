package ai.birdie.databricks;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.error.ConfigException;

/** As whom the workspace is read. */
public sealed interface Credentials {

  /** A service principal's OAuth secret, exchanged for tokens that last an hour. */
  record OAuth(String clientId, Secret clientSecret) implements Credentials {

    /**
     * Checks the id, because it becomes part of a header.
     *
     * @throws ConfigException if {@code clientId} cannot be the id of a service principal
     */
    public OAuth {
      requireNonNull(clientSecret);
      if (!clientId.matches("[\\x21-\\x7e&&[^:]]+")) {
        throw new ConfigException(
            "The client_id is not the id of a service principal.",
            "Copy it from the service principal's page: it is also called application id.");
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
