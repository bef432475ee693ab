package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The README's first command. */
class DemoIT {

  @TempDir private Path folder;

  @Test
  void showsTwoIngestsOfEveryKindWithChangesBetween() {
    Answer answer = Birdie.run("demo", "--json", "--home", folder.toString());

    assertThat(answer.code()).as(answer.err()).isZero();
    JsonNode demo = JsonMapper.shared().readTree(answer.out());
    assertThat(demo.path("first").path("feeds")).hasSize(9);
    JsonNode nps = demo.path("second").path("feeds").get(1);
    assertThat(nps.path("feed").asString()).isEqualTo("nps");
    assertThat(nps.path("added").asInt()).isEqualTo(30);
    assertThat(nps.path("changed").asInt()).isEqualTo(20);
    JsonNode review = demo.path("second").path("feeds").get(0);
    assertThat(review.path("added").asInt()).as("late reviews").isEqualTo(10);
    assertThat(demo.path("nps").asDouble()).isBetween(0.0, 100.0);
  }
}
