package ai.birdie.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie;
import ai.birdie.app.Birdie.Answer;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.databricks.Limits;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaCommandTest {

  static Stream<RecordKind> kinds() {
    return RecordKinds.all().stream().filter(kind -> !kind.asItIs());
  }

  @Test
  void knowsWhatATableThatIsShownAsItIsNeeds() {
    assertThat(schema("reference")).contains("ingestion.key");
    assertThat(schema("reference", "--sql")).contains("CREATE TABLE", "ingestion.key");
  }

  @Test
  void listsAllKinds() {
    assertThat(schema()).contains(RecordKinds.all().stream().map(RecordKind::id).toList());
    assertThat(json("--json")).hasSize(RecordKinds.all().size());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void namesEveryFieldOfAKindInEveryForm(RecordKind kind) {
    List<String> fields = kind.fields().stream().map(Field::name).toList();
    for (String form : List.of("--sql", "--view", "--json-schema", "--definition", "--json")) {
      assertThat(schema(kind.displayName(), form)).as(form).contains(fields);
    }
    assertThat(schema(kind.id())).contains(fields).contains(kind.meaning(), "Partition column");
  }

  @Test
  void printsStatementsAsJson() {
    JsonNode statements = json("nps", "--sql", "--json").path("statements");
    assertThat(statements.get(0).asString()).startsWith("CREATE TABLE main.feedback.`nps` (");
    assertThat(statements.toString()).contains("CHECK (`rating` BETWEEN 0 AND 10)");
  }

  @Test
  void saysWhichKindsThereAre() {
    Answer answer = run("complaint");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("there are review, nps, csat").doesNotContain("complaint");
  }

  @Test
  void showsOneFormAtATime() {
    assertThat(run("review", "--sql", "--view").code()).isEqualTo(2);
  }

  private static JsonNode json(String... arguments) {
    return JsonMapper.shared().readTree(schema(arguments));
  }

  private static String schema(String... arguments) {
    Answer answer = run(arguments);
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.out();
  }

  private static Answer run(String... arguments) {
    List<String> words = Stream.concat(Stream.of("schema"), Stream.of(arguments)).toList();
    return Birdie.runHere(words, Limits.DEFAULT);
  }
}
