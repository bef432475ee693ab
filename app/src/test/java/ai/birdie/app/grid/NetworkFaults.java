package ai.birdie.app.grid;

import static ai.birdie.app.grid.Step.DECODE;
import static ai.birdie.app.grid.Step.DOWNLOAD;
import static ai.birdie.app.grid.Step.LINK;
import static ai.birdie.app.grid.Step.POLL;
import static ai.birdie.app.grid.Step.SUBMIT;
import static ai.birdie.app.grid.Step.TOKEN;
import static ai.birdie.app.grid.Trouble.ALWAYS;
import static ai.birdie.app.grid.Trouble.ONCE;
import static ai.birdie.app.grid.Trouble.proxied;
import static ai.birdie.app.grid.Why.NO_CALL;

import ai.birdie.testkit.fault.Fault;
import java.util.List;

/** Faults 1 to 14: what networks and gateways do. */
final class NetworkFaults {

  private static final String BROKE = "the connection broke";
  private static final Step[] API = {TOKEN, SUBMIT, POLL, LINK};
  private static final Step[] CALLS = {TOKEN, SUBMIT, POLL, LINK, DOWNLOAD};

  private NetworkFaults() {}

  static List<Row> rows() {
    return List.of(
        passing(4, "reset in the headers", Fault.resetInHead()),
        lasting(4, "reset in the headers", Fault.resetInHead()),
        passing(4, "reset in the body", Fault.resetInBody(10)),
        lasting(4, "reset in the body", Fault.resetInBody(10)),
        Row.of(11, "a page of HTML with status 200", proxied(Fault.page(), ONCE))
            .fails(4, "did not answer with JSON", API)
            .fails(6, "Arrow", DOWNLOAD)
            .never(NO_CALL, DECODE));
  }

  private static Row passing(int number, String what, Fault fault) {
    return Row.of(number, what + ", once", proxied(fault, ONCE))
        .right(CALLS)
        .never(NO_CALL, DECODE);
  }

  private static Row lasting(int number, String what, Fault fault) {
    return Row.of(number, what + ", always", proxied(fault, ALWAYS))
        .fails(4, BROKE, CALLS)
        .never(NO_CALL, DECODE);
  }
}
