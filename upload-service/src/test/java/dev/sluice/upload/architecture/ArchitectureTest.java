package dev.sluice.upload.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.support.identity.AnyUser;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.ServiceOnly;
import io.quarkus.security.Authenticated;
import io.smallrye.config.ConfigMapping;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;

/** The house rules that a machine can keep. */
@AnalyzeClasses(packages = "dev.sluice.upload", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule RESOURCES_ARE_PATHS =
      classes()
          .that()
          .haveSimpleNameEndingWith("Resource")
          .should()
          .beAnnotatedWith(Path.class)
          .andShould()
          .beAnnotatedWith(Authenticated.class);

  @ArchTest
  static final ArchRule PATHS_ARE_RESOURCES =
      classes().that().areAnnotatedWith(Path.class).should().haveSimpleNameEndingWith("Resource");

  @ArchTest
  static final ArchRule EVERY_RESOURCE_METHOD_SAYS_WHO_MAY =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Path.class)
          .and()
          .arePublic()
          .should()
          .beAnnotatedWith(ProjectRole.class)
          .orShould()
          .beAnnotatedWith(AnyUser.class)
          .orShould()
          .beAnnotatedWith(ServiceOnly.class);

  @ArchTest
  static final ArchRule EDGES_ARE_HIDDEN =
      classes()
          .that()
          .haveSimpleNameEndingWith("Repository")
          .or()
          .haveSimpleNameEndingWith("Consumer")
          .or()
          .haveSimpleNameEndingWith("Client")
          .or()
          .haveSimpleNameEndingWith("Resource")
          .or()
          .areAnnotatedWith(Entity.class)
          .should()
          .bePackagePrivate();

  @ArchTest
  static final ArchRule CONFIGS_ARE_MAPPINGS =
      classes()
          .that()
          .haveSimpleNameEndingWith("Config")
          .should()
          .beAnnotatedWith(ConfigMapping.class);

  @ArchTest
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices().matching("dev.sluice.upload.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule FIELDS_ARE_NOT_INJECTED = noFields().should().beAnnotatedWith(Inject.class);

  @ArchTest
  static final ArchRule VALUES_KNOW_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAnyPackage("..upload.file..", "..upload.media..", "..upload.problem..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "io.quarkus..", "org.hibernate..", "io.minio..");

  @ArchTest
  static final ArchRule NAMES_SAY_A_ROLE =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Processor");
}
