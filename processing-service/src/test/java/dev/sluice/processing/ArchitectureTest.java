package dev.sluice.processing;

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
import dev.sluice.support.identity.RunTokenOnly;
import io.smallrye.config.ConfigMapping;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@AnalyzeClasses(
    packages = "dev.sluice.processing",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("dev.sluice.processing.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theManifestKnowsNoFramework =
      noClasses()
          .that()
          .resideInAPackage("..manifest..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "io.quarkus..", "org.hibernate..", "io.vertx..");

  @ArchTest
  static final ArchRule portsToOthersDoNotKnowRuns =
      noClasses()
          .that()
          .resideInAnyPackage("..ray..", "..reservation..", "..output..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..run..", "..watch..", "..intake..", "..spec..");

  @ArchTest
  static final ArchRule statesKnowNoFramework =
      noClasses()
          .that()
          .haveSimpleName("RunState")
          .or()
          .haveSimpleName("Run")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "io.quarkus..", "org.hibernate..");

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
  static final ArchRule repositoriesStayInTheirPackage =
      classes().that().haveSimpleNameEndingWith("Repository").should().bePackagePrivate();

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
          .should()
          .beAnnotatedWith(ProjectRole.class)
          .orShould()
          .beAnnotatedWith(RunTokenOnly.class);

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields().should().beAnnotatedWith(Inject.class);
}
