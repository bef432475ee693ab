package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.fault.Effect;
import ai.birdie.workspace.fault.Faults;
import ai.birdie.workspace.fault.Pause;
import ai.birdie.workspace.fault.Question;
import ai.birdie.workspace.statement.StatementRequest;
import ai.birdie.workspace.statement.Statements;
import ai.birdie.workspace.statement.Warehouse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Lets the armed faults strike calls, before they are heard or in what they are answered. */
final class FaultInjection {
  private static final Principal ANYBODY = Principal.user("faults", Principal.Role.ADMIN);

  private final Faults faults;
  private final Statements statements;
  private final Warehouse warehouse;
  private final Pause pause;

  FaultInjection(Controls controls, Statements statements, Warehouse warehouse) {
    this.faults = controls.faults();
    this.statements = statements;
    this.warehouse = warehouse;
    this.pause = controls.pause();
  }

  /** Whether the workspace is to hear the call; where it is not, the fault has dealt with it. */
  boolean admits(Call call) throws IOException, InterruptedException {
    if (call.path().getFirst().equals("local")) {
      return true;
    }
    Optional<Faults.Strike> strike = faults.strike(question(call));
    if (strike.isEmpty()) {
      return true;
    }
    switch (strike.get().effect()) {
      case Effect.Instead instead -> {
        call.answer(instead.reply());
        return false;
      }
      case Effect.Drop drop -> {
        return false;
      }
      case Effect.Wait wait -> pause.of(wait.delay());
      case Effect.Cool cool -> warehouse.startCold(cool.starting(), cool.early());
      case Effect.Spoil spoil ->
          call.spoil(new Spoiled(spoil, () -> faults.giveBack(strike.get()), pause));
    }
    return true;
  }

  private Question question(Call call) {
    return new Question(
        call.method() + " " + String.join("/", call.path()),
        () -> submitted(call),
        id -> statements.find(ANYBODY, id).map(found -> asked(found.request())));
  }

  /** Empty for what is no statement: the workspace itself says so. */
  private static Optional<Question.Asked> submitted(Call call) {
    try {
      ObjectNode body = call.json();
      return Optional.of(asked(StatementRequests.read(body)));
    } catch (ApiError e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Question.Asked asked(StatementRequest request) {
    return new Question.Asked(request.text(), request.queryTags());
  }
}
