package ai.birdie.databricks.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.databricks.sql.Column;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultManifestTest {

  private static final String SCHEMA =
      "'schema':{'column_count':2,'columns':[{'name':'b','type_text':'INT','position':1},"
          + "{'name':'a','type_name':'STRING','position':0}]}";

  @Test
  void takesAWholeResultInAnyOrder() throws JsonProcessingException {
    ResultManifest manifest =
        manifest(
            "'truncated':false,'total_row_count':'30','total_chunk_count':2,'chunks':["
                + chunk(1, 10, 20)
                + ","
                + chunk(0, 0, 10)
                + "],"
                + SCHEMA);
    assertThat(manifest.totalRowCount()).isEqualTo(30);
    assertThat(manifest.chunks()).extracting(Chunk::index).containsExactly(0, 1);
    assertThat(manifest.columns())
        .containsExactly(new Column("a", "STRING"), new Column("b", "INT"));
  }

  @Test
  void takesAnEmptyResult() throws JsonProcessingException {
    assertThat(
            manifest("'truncated':false,'total_row_count':0,'schema':{'column_count':0}").chunks())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'truncated':true,'total_row_count':0",
        "'total_row_count':0",
        "'truncated':null,'total_row_count':0",
        "'truncated':false",
        "'truncated':false,'total_row_count':-1",
        "'truncated':false,'total_row_count':5",
        "'truncated':false,'total_row_count':5,'chunks':[]",
        "'truncated':false,'total_row_count':0,'total_chunk_count':1",
        "'truncated':false,'total_row_count':5,'chunks':[C0:0+4]",
        "'truncated':false,'total_row_count':5,'chunks':[C0:0+6]",
        "'truncated':false,'total_row_count':5,'chunks':[C1:0+5]",
        "'truncated':false,'total_row_count':5,'chunks':[C0:1+4]",
        "'truncated':false,'total_row_count':9,'chunks':[C0:0+5,C2:5+4]",
        "'truncated':false,'total_row_count':10,'chunks':[C0:0+5,C0:5+5]",
        "'truncated':false,'total_row_count':10,'chunks':[C0:0+5,C1:0+5]",
        "'truncated':false,'total_row_count':10,'chunks':[C0:0+5,C1:4+6]",
        "'truncated':false,'total_row_count':10,'chunks':[C0:0+5,C1:6+4]",
        "'truncated':false,'total_row_count':10,'chunks':[C0:5+5,C1:0+5]",
        "'truncated':false,'total_row_count':5,'chunks':[C0:0+-5,C1:-5+10]",
        "'truncated':false,'total_row_count':5,'total_chunk_count':2,'chunks':[C0:0+5]",
        "'truncated':false,'total_row_count':5,'chunks':[{'chunk_index':0,'row_offset':0}]",
        "'truncated':false,'total_row_count':5,'chunks':[{'row_offset':0,'row_count':5}]",
        "'truncated':false,'total_row_count':0,'schema':{'column_count':1}",
        "'truncated':false,'total_row_count':0,'schema':{'columns':[{'name':'a'}]}",
        "'truncated':false,'total_row_count':0,'schema':{'columns':[{'type_text':'INT'}]}",
      })
  void refusesWhatIsNotWhole(String manifest) {
    String json =
        manifest.replaceAll(
            "C(-?[0-9]+):(-?[0-9]+)\\+(-?[0-9]+)",
            "{'chunk_index':$1,'row_offset':$2,'row_count':$3}");
    assertThatThrownBy(() -> manifest(json)).isInstanceOf(IncompleteException.class);
  }

  @Test
  void refusesAnAnswerWithoutAManifest() {
    assertThatThrownBy(() -> ResultManifest.of(null, "read"))
        .isInstanceOf(IncompleteException.class);
  }

  private static String chunk(int index, long offset, long rows) {
    return "{'chunk_index':" + index + ",'row_offset':" + offset + ",'row_count':" + rows + "}";
  }

  private static ResultManifest manifest(String members) throws JsonProcessingException {
    ObjectMapper json =
        new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    String text = ("{" + members + "}").replace('\'', '"');
    return ResultManifest.of(json.readValue(text, Wire.Manifest.class), "read");
  }
}
