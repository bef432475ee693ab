package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import java.io.IOException;
import java.util.List;

/** The workspace's own control panel, which no Databricks has. For its administrator. */
final class LocalApi {
  private final PrincipalsApi principals;
  private final ClockApi clock;
  private final FaultsApi faults;
  private final TransactionsApi transactions;

  LocalApi(Controls controls, PrincipalsApi principals) {
    this.principals = principals;
    this.clock = new ClockApi(controls.clock());
    this.faults = new FaultsApi(controls.faults());
    this.transactions = new TransactionsApi(controls.transactions());
  }

  void answer(Call call, List<String> path, Principal principal)
      throws IOException, InterruptedException {
    if (!principal.isAdmin()) {
      throw ApiError.of(403, "PERMISSION_DENIED", "Only the workspace's admin_token opens /local.");
    }
    List<String> rest = path.subList(Math.min(1, path.size()), path.size());
    switch (path.isEmpty() ? "" : path.getFirst()) {
      case "principals" -> principals.answer(call, principal);
      case "clock" -> clock.answer(call, rest);
      case "faults" -> faults.answer(call, rest);
      case "transactions" -> transactions.answer(call, rest, principal);
      default -> throw Server.noSuchPath(call);
    }
  }
}
