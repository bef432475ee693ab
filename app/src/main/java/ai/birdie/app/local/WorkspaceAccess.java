package ai.birdie.app.local;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a local workspace says when it is ready: where it is, and who may use it. The credentials
 * are made for one start, and open nothing but this machine.
 */
public record WorkspaceAccess(
    String host,
    @JsonProperty("warehouse_id") String warehouseId,
    @JsonProperty("client_id") String clientId,
    @JsonProperty("client_secret") String clientSecret,
    @JsonProperty("personal_access_token") String personalAccessToken,
    @JsonProperty("admin_token") String adminToken) {}
