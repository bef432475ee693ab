package ai.birdie.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.rehearsal.RehearsalWorkspace;
import ai.birdie.databricks.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What trains the cache of classes still does what a run does. */
class RehearsalTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void itsRowsLand() {
    int code = run("rehearse", folder.toString());
    assertThat(err.toString()).doesNotContain("birdie:");
    assertThat(code).isZero();

    run("receipts", "--json", "--home", folder.toString(), "rehearsal");
    JsonNode receipt = JsonMapper.shared().readTree(out.toString()).path(0);
    assertThat(receipt.at("/landed/0/disposition").asString()).isEqualTo("new");
    assertThat(receipt.at("/landed/0/rows").asInt()).isEqualTo(RehearsalWorkspace.ROWS);
    assertThat(receipt.at("/control/standing").asString()).isEqualTo("proved");
    assertThat(receipt.path("balances").asBoolean()).isTrue();
  }

  private int run(String... arguments) {
    return BirdieCommand.run(
        arguments,
        Map.of(),
        Clock.systemUTC(),
        Surroundings.ofThisMachine(),
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }
}
