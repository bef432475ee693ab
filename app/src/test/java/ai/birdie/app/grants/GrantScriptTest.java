package ai.birdie.app.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.app.config.Connection;
import ai.birdie.app.config.ConnectionFiles;
import ai.birdie.app.config.HostRule;
import ai.birdie.app.config.Sample;
import ai.birdie.core.error.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The least that must be granted, spelt so that it is that and nothing else. */
class GrantScriptTest {

  @TempDir Path folder;

  @Test
  void unityCatalog() {
    assertThat(GrantScript.of(connection(Sample.oauth())).text())
        .isEqualTo(
            """
            -- The workspace: https://dbc-0123.cloud.databricks.com
            -- Run this as the owner of the objects, or as an administrator.
            -- Not SQL: CAN USE on the SQL warehouse 0123456789abcdef (SQL Warehouses, Permissions).
            -- If it is a view, this is all, as long as its owner may read what it reads.
            GRANT USE CATALOG ON CATALOG `main` TO `fab9e00e-ca35`;
            GRANT USE SCHEMA ON SCHEMA `main`.`voc` TO `fab9e00e-ca35`;
            GRANT SELECT ON TABLE `main`.`voc`.`tickets` TO `fab9e00e-ca35`;
            """);
  }

  @Test
  void hiveMetastore() {
    GrantScript script = GrantScript.of(connection(Sample.oauth().without("/data_source/catalog")));
    assertThat(script.statements())
        .containsExactly(
            "GRANT USAGE ON SCHEMA `hive_metastore`.`voc` TO `fab9e00e-ca35`",
            "GRANT SELECT ON TABLE `hive_metastore`.`voc`.`tickets` TO `fab9e00e-ca35`");
    assertThat(script.notes()).last().asString().contains("table access control");
  }

  @Test
  void hiveMetastoreNamedInAnyCase() {
    Sample sample = Sample.oauth().withText("/data_source/catalog", "Hive_Metastore");
    assertThat(GrantScript.of(connection(sample)).statements()).hasSize(2);
  }

  @Test
  void tokensDoNotTellWhose() {
    Connection connection = connection(Sample.pat());
    assertThat(GrantScript.of(connection).statements()).isEmpty();
    assertThat(GrantScript.of(connection).text()).startsWith("-- ").contains("--to");
    assertThat(GrantScript.of(connection, "ann@example.com").statements())
        .allMatch(sql -> sql.endsWith(" TO `ann@example.com`"));
  }

  @Test
  void groupsOfTheWorkspaceAreUnknownToUnityCatalog() {
    assertThat(GrantScript.of(connection(Sample.oauth()), "users").notes())
        .last()
        .asString()
        .contains("does not know", "users");
    Connection hive = connection(Sample.oauth().without("/data_source/catalog"));
    assertThat(GrantScript.of(hive, "users").notes()).noneMatch(note -> note.contains("group"));
    assertThat(GrantScript.of(connection(Sample.oauth()), "account users").notes())
        .noneMatch(note -> note.contains("group"));
  }

  @Test
  void severalKindsAreOneTable() {
    Sample sample = Sample.oauth().withText("/metadata/data_kind", "NPS, CSAT");
    assertThat(GrantScript.of(connection(sample)).statements()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a`b",
        "`; DROP TABLE x; --",
        "``",
        "a;b",
        "a -- b",
        "a' OR '1'='1",
        "/* a */",
        "a\\",
        "\u202etable",
        "emoji \ud83d\ude00"
      })
  void namesStayNames(String name) {
    Sample sample =
        Sample.oauth()
            .withText("/data_source/catalog", name)
            .withText("/data_source/schema", name)
            .withText("/data_source/table", name);
    String quoted = "`" + name.replace("`", "``") + "`";
    GrantScript script = GrantScript.of(connection(sample), name);
    assertThat(script.statements())
        .containsExactly(
            "GRANT USE CATALOG ON CATALOG %s TO %s".formatted(quoted, quoted),
            "GRANT USE SCHEMA ON SCHEMA %s.%s TO %s".formatted(quoted, quoted, quoted),
            "GRANT SELECT ON TABLE %s.%s.%s TO %s".formatted(quoted, quoted, quoted, quoted));
    assertThat(script.text().lines()).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "a\u0085b"})
  void whatIsNobodysNameIsRefused(String principal) {
    Connection connection = connection(Sample.oauth());
    assertThatThrownBy(() -> GrantScript.of(connection, principal))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void secretsAreNotShown() {
    assertThat(GrantScript.of(connection(Sample.oauth())).toString()).doesNotContain("dose1234");
  }

  private Connection connection(Sample sample) {
    return new ConnectionFiles(Map.of(), HostRule.PUBLIC).read(sample.in(folder));
  }
}
