package ai.birdie.app.security;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.local.AdministratorSql;
import ai.birdie.core.error.BirdieException;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.Secret;
import ai.birdie.databricks.http.Answer;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.http.LinkClient;
import ai.birdie.databricks.http.Transport;
import ai.birdie.databricks.http.WorkspaceClient;
import ai.birdie.databricks.sql.Parameter;
import ai.birdie.databricks.statement.ExternalLink;
import ai.birdie.databricks.statement.Statement;
import ai.birdie.databricks.statement.Statements;
import ai.birdie.duckdb.StoreReader;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.NetworkChannel;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.SocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each way out of the product is one class, and secrets are far from what is shown. */
class GatewaysTest {

  private static final DescribedPredicate<JavaClass> SECRET =
      belongToAnyOf(
          Secret.class, Credentials.class, ExternalLink.class, Answer.class, Parameter.class);

  /** A file of the home folder, by which processes of this machine and user talk. */
  private static final DescribedPredicate<JavaClass> STORES_SOCKET =
      describe(
          "are of the store's socket",
          each ->
              each.getPackageName().equals(StoreReader.class.getPackageName())
                  && Set.of("ReaderSocket", "Conversation", "StoreHolder", "Answer")
                      .contains(each.getSimpleName()));

  @SuppressWarnings("NullAway.Init") // imported once
  private static JavaClasses product;

  @BeforeAll
  static void read() {
    product =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                "ai.birdie.core", "ai.birdie.databricks", "ai.birdie.duckdb", "ai.birdie.app");
  }

  @Test
  void onlyStatementsSendsSqlAndOnlyTheDemonstrationChangesALocalWorkspace() throws IOException {
    List<String> naming = new ArrayList<>();
    for (JavaClass each : product) {
      try (InputStream in = each.getSource().orElseThrow().getUri().toURL().openStream()) {
        if (new String(in.readAllBytes(), ISO_8859_1).contains("/api/2.0/sql/statements")) {
          naming.add(each.getName());
        }
      }
    }
    assertThat(naming)
        .contains(Statements.class.getName())
        .filteredOn(name -> !name.startsWith(Statements.class.getPackageName()))
        .containsExactly(AdministratorSql.class.getName());
    noClasses()
        .that(DescribedPredicate.not(belongToAnyOf(Statements.class)))
        .should()
        .callMethodWhere(
            describe(
                "a submission past what is read of it",
                call ->
                    call.getTargetOwner().getSimpleName().equals("Submissions")
                        && call.getName().equals("submit")))
        .check(product);
    noClasses()
        .that(
            DescribedPredicate.not(
                resideInAPackage("ai.birdie.app.demo..").or(belongToAnyOf(AdministratorSql.class))))
        .should()
        .dependOnClassesThat(assignableTo(AdministratorSql.class))
        .check(product);
  }

  @Test
  void onlyItsGatewaysAskForSomethingToBeDone() {
    noClasses()
        .that(
            DescribedPredicate.not(
                resideInAPackage(Statements.class.getPackageName())
                    .or(belongToAnyOf(DatabricksWorkspace.class))))
        .should()
        .callMethodWhere(
            describe(
                "a request that is no question",
                call ->
                    call.getTargetOwner().isEquivalentTo(Call.class)
                        && Set.of("post", "delete").contains(call.getName())))
        .check(product);
    noClasses()
        .that(DescribedPredicate.not(belongToAnyOf(WorkspaceClient.class, Transport.class)))
        .should()
        .callMethodWhere(
            describe(
                "a request past the client",
                call ->
                    call.getTargetOwner().isEquivalentTo(Transport.class)
                        && call.getName().equals("send")))
        .check(product);
  }

  @Test
  void onlyTwoClientsAndTheAdministratorsOpenConnections() {
    noClasses()
        .that(
            DescribedPredicate.not(
                resideInAPackage("ai.birdie.databricks.http")
                    .or(belongToAnyOf(AdministratorSql.class))
                    .or(STORES_SOCKET)))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net.http")
                .or(assignableTo(URLConnection.class))
                .or(assignableTo(Socket.class))
                .or(assignableTo(SocketFactory.class))
                .or(assignableTo(NetworkChannel.class)))
        .check(product);
    noClasses()
        .that(STORES_SOCKET)
        .should()
        .dependOnClassesThat(belongToAnyOf(InetSocketAddress.class, InetAddress.class))
        .orShould()
        .accessField(StandardProtocolFamily.class, "INET")
        .orShould()
        .accessField(StandardProtocolFamily.class, "INET6")
        .check(product);
    noClasses()
        .should()
        .callMethod(URL.class, "openStream")
        .orShould()
        .callMethod(URL.class, "openConnection")
        .check(product);
  }

  @Test
  void nothingLogsAndNothingPrintsATrace() {
    noClasses()
        .that(DescribedPredicate.not(belongToAnyOf(LinkClient.class))) // which silences the JDK
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.logging..", "org.slf4j..", "ch.qos.logback..")
                .or(assignableTo(System.Logger.class)))
        .check(product);
    noClasses()
        .should()
        .callMethodWhere(describe("a trace", call -> call.getName().equals("printStackTrace")))
        .check(product);
  }

  @Test
  void messagesAreMadeWhereNoSecretIs() {
    noClasses()
        .that()
        .resideInAPackage("..error..")
        .or()
        .areAssignableTo(BirdieException.class)
        .should()
        .dependOnClassesThat(SECRET.or(assignableTo(Statement.class)))
        .check(product);
    noClasses()
        .that(
            DescribedPredicate.not(
                resideInAPackage("ai.birdie.databricks")
                    .or(
                        describe(
                            "the reader of the block auth",
                            each -> each.getSimpleName().equals("Authentication")))))
        .should()
        .dependOnClassesThat(belongToAnyOf(Secret.class))
        .check(product);
  }

  @Test
  void nothingChangesTheJvmsOwnSettings() {
    noClasses()
        .should()
        .callMethod(System.class, "setProperty", String.class, String.class)
        .orShould()
        .callMethod(Security.class, "setProperty", String.class, String.class)
        .orShould()
        .callMethod(ProxySelector.class, "setDefault", ProxySelector.class)
        .check(product);
  }
}
