package dev.sluice.vectorsink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.support.identity.ProjectRole;
import io.smallrye.config.ConfigMapping;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@AnalyzeClasses(
    packages = "dev.sluice.vectorsink",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("dev.sluice.vectorsink.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theCraftsKnowNothingOfTheWork =
      noClasses()
          .that()
          .resideInAnyPackage("..embedding..", "..source..", "..index..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..indexing..", "..recipe..", "..search..", "..intake..");

  @ArchTest
  static final ArchRule onlyTheAdapterKnowsQdrant =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.Qdrant.*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.qdrant..", "io.grpc..", "com.google..");

  @ArchTest
  static final ArchRule onlyTheSourceKnowsParquet =
      noClasses()
          .that()
          .resideOutsideOfPackage("..source..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.hardwood..");

  @ArchTest
  static final ArchRule domainTypesKnowNoFramework =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Entity")
          .and()
          .haveNameMatching(".*\\.(Recipe|Indexing|IndexingState|Membership|VersionLine|PointIds)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "io.quarkus..", "org.hibernate..", "io.vertx..");

  @ArchTest
  static final ArchRule resourcesAreNamedSo =
      classes().that().areAnnotatedWith(Path.class).should().haveSimpleNameEndingWith("Resource");

  @ArchTest
  static final ArchRule entitiesStayInTheirPackage =
      classes()
          .that()
          .areAnnotatedWith(Entity.class)
          .should()
          .bePackagePrivate()
          .andShould()
          .haveSimpleNameEndingWith("Entity");

  @ArchTest
  static final ArchRule repositoriesAndConsumersStayInTheirPackage =
      classes()
          .that()
          .haveSimpleNameEndingWith("Repository")
          .or()
          .haveSimpleNameEndingWith("Consumer")
          .should()
          .bePackagePrivate();

  @ArchTest
  static final ArchRule consumersAreNamedSo =
      methods()
          .that()
          .areAnnotatedWith(Incoming.class)
          .should()
          .beDeclaredInClassesThat()
          .haveSimpleNameEndingWith("Consumer");

  @ArchTest
  static final ArchRule configurationsAreNamedSo =
      classes()
          .that()
          .areAnnotatedWith(ConfigMapping.class)
          .should()
          .haveSimpleNameEndingWith("Config");

  @ArchTest
  static final ArchRule everyEndpointSaysWhoMayCallIt =
      methods()
          .that()
          .areAnnotatedWith(GET.class)
          .or()
          .areAnnotatedWith(POST.class)
          .or()
          .areAnnotatedWith(PUT.class)
          .should()
          .beAnnotatedWith(ProjectRole.class);

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields().should().beAnnotatedWith(Inject.class);
}
