package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Tokens;
import ai.birdie.workspace.catalog.Metastore;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The workspace's HTTP server, on the loopback address only.
 *
 * <p>Closing it ends all exchanges at once.
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Server.class.getName());
  private static final int BACKLOG = 1024;

  /** One is several times its size in the heap, of which Spark wants some, too. */
  private static final int LARGE_BODIES = 1;

  private static final Duration LARGE_BODY_PATIENCE = Duration.ofSeconds(10);

  private final HttpServer http;
  private final ExecutorService executor;
  private final Tokens tokens;
  private final OAuthApi oauth;
  private final WarehousesApi warehouses;
  private final ScimApi scim;
  private final WarehousePermissionsApi warehousePermissions;
  private final UnityCatalogApi unityCatalog;
  private final PermissionsApi permissions;
  private final SessionsApi sessions;
  private final StatementsApi statements;
  private final HistoryApi history;
  private final StorageApi storage;
  private final LocalApi local;
  private final FaultInjection faults;
  private final InstantSource clock;
  private final LargeBodies large = new LargeBodies(LARGE_BODIES, LARGE_BODY_PATIENCE);

  private Server(HttpServer http, Services services, LinkSigner signer) {
    this.http = http;
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    this.tokens = services.tokens();
    this.oauth = new OAuthApi(tokens, host());
    Metastore metastore = services.metastore();
    this.warehouses =
        new WarehousesApi(
            services.warehouse(), metastore.warehousePermissions(), URI.create(host()));
    this.history = new HistoryApi(services.statements(), services.warehouse().id());
    this.scim = new ScimApi(metastore.principals());
    PrincipalsApi principals =
        new PrincipalsApi(metastore.principals(), metastore.warehousePermissions());
    this.warehousePermissions =
        new WarehousePermissionsApi(
            warehouses, metastore.warehousePermissions(), metastore.principals());
    this.unityCatalog =
        new UnityCatalogApi(metastore, new UnityCatalogResponses(metastore, services.relations()));
    this.permissions = new PermissionsApi(metastore);
    this.sessions = new SessionsApi(services.sessions(), warehouses, warehousePermissions);
    this.statements =
        new StatementsApi(
            services.statements(),
            warehouses,
            warehousePermissions,
            this.sessions,
            new StatementResponses(signer, host()));
    this.storage = new StorageApi(signer, services.statements());
    this.clock = services.clock();
    this.local = new LocalApi(services.controls(), principals);
    this.faults =
        new FaultInjection(services.controls(), services.statements(), services.warehouse());
    http.setExecutor(executor);
    http.createContext("/", this::handle);
  }

  /**
   * Binds a port and starts to answer.
   *
   * @param port the port; 0 for any that is free
   * @param services what answers come from
   * @param signingKey what links are signed with
   */
  public static Server start(int port, Services services, byte[] signingKey) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    Server server = new Server(http, services, new LinkSigner(signingKey, services.clock()));
    http.start();
    return server;
  }

  /** Such as {@code http://127.0.0.1:4711}. */
  public String host() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  @Override
  public void close() {
    http.stop(0);
    executor.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    DatedHeaders.give(exchange, clock);
    try (exchange;
        Call call = new Call(exchange, large)) {
      try {
        if (faults.admits(call)) {
          route(call);
        }
      } catch (ApiError error) {
        call.answer(error);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        call.answer(ApiError.of(503, "TEMPORARILY_UNAVAILABLE", "The workspace is stopping."));
      } catch (RuntimeException | StackOverflowError e) {
        LOG.log(Level.ERROR, "A request failed", e);
        call.answer(ApiError.of(500, "INTERNAL_ERROR", "The request failed inside the workspace."));
      }
    } catch (IOException e) {
      // The client has gone: nobody is left to tell.
      LOG.log(Level.DEBUG, "An answer could not be sent", e);
    }
  }

  private void route(Call call) throws IOException, InterruptedException {
    List<String> path = call.path();
    switch (path.getFirst()) {
      case "oidc", ".well-known" -> oauth.answer(call, path);
      case "telemetry-unauth" -> DriverApi.telemetry(call);
      case "telemetry-ext" -> {
        authenticated(call);
        DriverApi.telemetry(call);
      }
      case "storage" -> storage.answer(call, path);
      case "local" -> local.answer(call, path.subList(1, path.size()), authenticated(call));
      case "api" -> api(call, path, authenticated(call));
      default -> throw noSuchPath(call);
    }
  }

  private void api(Call call, List<String> path, Principal principal)
      throws IOException, InterruptedException {
    String area = String.join("/", path.subList(1, Math.min(4, path.size())));
    List<String> rest = path.subList(Math.min(4, path.size()), path.size());
    switch (area) {
      case "2.0/workspace/get-status" -> WorkspaceApi.answer(call);
      case "2.0/sql/warehouses" -> {
        if (rest.size() == 2 && rest.getLast().equals("sessions")) {
          sessions.answerOf(rest.getFirst(), call, principal);
        } else {
          warehouses.answer(call, rest, principal);
        }
      }
      case "2.0/connector-service/feature-flags" -> DriverApi.flags(call);
      case "2.0/preview/scim" -> scim.answer(call, rest, principal);
      case "2.0/permissions/warehouses" -> warehousePermissions.answer(call, rest, principal);
      case "2.1/unity-catalog/permissions" -> permissions.answer(call, rest, principal);
      case "2.1/unity-catalog/effective-permissions" ->
          permissions.answerEffective(call, rest, principal);
      case "2.1/unity-catalog/catalogs", "2.1/unity-catalog/schemas", "2.1/unity-catalog/tables" ->
          unityCatalog.answer(call, path.get(3), rest, principal);
      case "2.0/sql/sessions" -> sessions.answer(call, rest, principal);
      case "2.0/sql/history" -> history.answer(call, rest, principal);
      case "2.0/sql/statements" -> statements.answer(call, rest, principal);
      default -> throw noSuchPath(call);
    }
  }

  private Principal authenticated(Call call) {
    String header = call.header("Authorization").orElse("");
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw ApiError.noCredential();
    }
    return tokens.holder(header.substring(7).strip()).orElseThrow(ApiError::invalidToken);
  }

  static ApiError noSuchPath(Call call) {
    return ApiError.of(
        404,
        "ENDPOINT_NOT_FOUND",
        "No API found for '" + call.method() + " /" + String.join("/", call.path()) + "'");
  }
}
