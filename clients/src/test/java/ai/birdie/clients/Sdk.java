package ai.birdie.clients;

import ai.birdie.testkit.LocalWorkspace;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;

/** Clients of the vendor's SDK for Java. */
final class Sdk {
  private Sdk() {}

  /** The user's, by personal access token. */
  static WorkspaceClient reader(LocalWorkspace workspace) {
    return byToken(workspace, workspace.personalAccessToken());
  }

  /** The administrator's. */
  static WorkspaceClient admin(LocalWorkspace workspace) {
    return byToken(workspace, workspace.adminToken());
  }

  static WorkspaceClient byToken(LocalWorkspace workspace, String token) {
    return client(workspace, new DatabricksConfig().setAuthType("pat").setToken(token));
  }

  /** The service principal's, by its id and secret. */
  static WorkspaceClient servicePrincipal(LocalWorkspace workspace) {
    return client(
        workspace,
        new DatabricksConfig()
            .setAuthType("oauth-m2m")
            .setClientId(workspace.clientId())
            .setClientSecret(workspace.clientSecret()));
  }

  private static WorkspaceClient client(LocalWorkspace workspace, DatabricksConfig config) {
    return new WorkspaceClient(config.setHost(workspace.host()));
  }
}
