package ai.birdie.databricks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectListTest {

  @Test
  void renamesColumnsThatTheStoreHasOfItsOwnAndSaysSo() {
    SelectList list =
        SelectList.of(
            List.of(
                new Column("RowId", "INT"),
                new Column("_window", "INT"),
                new Column("_Change", "INT"),
                new Column("text", "STRING")));

    assertThat(list.names()).containsExactly("RowId_1", "_window_1", "_Change_1", "text");
    assertThat(list.sql())
        .isEqualTo(
            "`RowId` AS `RowId_1`, `_window` AS `_window_1`, `_Change` AS `_Change_1`, `text`");
    assertThat(list.renamed()).hasSize(3);
  }
}
