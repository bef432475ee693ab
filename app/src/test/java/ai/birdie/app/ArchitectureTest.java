package ai.birdie.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.birdie.core.error.BirdieException;
import ai.birdie.databricks.Secret;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.TrustManager;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the modules' poms cannot say about who may use what. */
class ArchitectureTest {

  @SuppressWarnings("NullAway.Init") // imported once
  private static JavaClasses product;

  @BeforeAll
  static void read() {
    product =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                "ai.birdie.core",
                "ai.birdie.databricks",
                "ai.birdie.people",
                "ai.birdie.duckdb",
                "ai.birdie.app");
  }

  @Test
  void coreKnowsNothingOfHttpSqlFilesOrThreads() {
    noClasses()
        .that()
        .resideInAPackage("ai.birdie.core..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.net..",
                "java.sql..",
                "java.nio.file..",
                "java.util.concurrent..",
                "org.duckdb..",
                "com.databricks.."))
        .check(product);
  }

  @Test
  void onlyTheAppKnowsBothSides() {
    noClasses()
        .that()
        .resideInAPackage("ai.birdie.databricks..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("ai.birdie.duckdb..", "ai.birdie.people..", "ai.birdie.app.."))
        .check(product);
    noClasses()
        .that()
        .resideInAPackage("ai.birdie.people..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("ai.birdie.databricks..", "ai.birdie.duckdb..", "ai.birdie.app.."))
        .check(product);
    noClasses()
        .that()
        .resideInAPackage("ai.birdie.duckdb..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("ai.birdie.databricks..", "ai.birdie.people..", "ai.birdie.app.."))
        .check(product);
  }

  @Test
  void packagesOfAModuleFormNoCycle() {
    for (String module : new String[] {"core", "databricks", "app"}) {
      slices().matching("ai.birdie." + module + ".(*)..").should().beFreeOfCycles().check(product);
    }
  }

  @Test
  void timeIsGivenAndNotTaken() {
    noClasses()
        .that()
        .resideOutsideOfPackages("ai.birdie.app")
        .and()
        .haveNameNotMatching(".*\\.Surroundings")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(product);
  }

  @Test
  void nothingIsStaticAndChanges() {
    fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(product);
    noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(product);
  }

  @Test
  void nothingIsCalledGetSomething() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(
            DescribedPredicate.and(
                modifier(JavaModifier.PUBLIC),
                DescribedPredicate.not(assignableTo(ArrowReader.class))))
        .should()
        .haveNameNotMatching("get[A-Z].*")
        .allowEmptyShould(true)
        .check(product);
  }

  @Test
  void secretsStayInTheModuleThatSendsThem() {
    methods()
        .that()
        .areDeclaredIn(Secret.class)
        .and()
        .haveName("reveal")
        .should()
        .notBePublic()
        .check(product);
  }

  @Test
  void nothingTurnsTlsChecksOff() {
    noClasses()
        .should()
        .dependOnClassesThat(
            assignableTo(TrustManager.class).or(assignableTo(HostnameVerifier.class)))
        .check(product);
  }

  @Test
  void everyPublicExceptionTellsWhatToDo() {
    classes()
        .that()
        .areAssignableTo(RuntimeException.class)
        .should()
        .beAssignableTo(BirdieException.class)
        .orShould()
        .notBePublic()
        .check(product);
  }
}
