package ai.birdie.workspace.rest;

import ai.birdie.workspace.clock.WorkspaceClock;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the workspace's clock, and moves it. */
final class ClockApi {
  private final WorkspaceClock clock;

  ClockApi(WorkspaceClock clock) {
    this.clock = clock;
  }

  void answer(Call call, List<String> path) throws IOException {
    switch (call.method() + " " + path.size()) {
      case "GET 0" -> call.answer(200, state());
      case "POST 0" -> {
        move(new Fields(call.json()));
        call.answer(200, state());
      }
      default -> throw Server.noSuchPath(call);
    }
  }

  private Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("time", clock.instant().toString());
    state.put("running", clock.isRunning());
    state.put("ahead_of_system", clock.ahead().toString());
    return state;
  }

  /** All of it is read before any of it is done. */
  private void move(Fields fields) {
    Optional<Instant> set = fields.instant("set");
    Optional<Duration> advance = fields.duration("advance");
    Optional<Boolean> freeze = fields.flag("freeze");
    boolean reset = fields.flag("reset").orElse(false);
    fields.requireNoOthers();
    boolean moves = set.isPresent() || advance.isPresent() || freeze.isPresent();
    if (reset == moves || (set.isPresent() && advance.isPresent())) {
      throw ApiError.badRequest(
          "Say one of: set (a time), advance (a duration), each with or without freeze (true or"
              + " false); freeze alone; or reset (true) alone.");
    }
    if (reset) {
      clock.reset();
    }
    Optional<Instant> to = set.or(() -> advance.map(this::after));
    to.ifPresent(ClockApi::requireSettable);
    freeze.ifPresent(this::freeze);
    set.ifPresent(clock::set);
    advance.ifPresent(clock::advance);
  }

  private Instant after(Duration by) {
    try {
      return clock.instant().plus(by);
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.MAX;
    }
  }

  private static void requireSettable(Instant to) {
    if (!WorkspaceClock.canBe(to)) {
      throw ApiError.badRequest(
          "The clock can be set from " + WorkspaceClock.FIRST + " to " + WorkspaceClock.END + ".");
    }
  }

  private void freeze(boolean still) {
    if (still) {
      clock.freeze();
    } else {
      clock.run();
    }
  }
}
