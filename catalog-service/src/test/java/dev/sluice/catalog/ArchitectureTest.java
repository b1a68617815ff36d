package dev.sluice.catalog;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.support.identity.AnyUser;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.ServiceOnly;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** The house rules that a machine can keep. */
@AnalyzeClasses(packages = "dev.sluice.catalog", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule RESOURCES_ARE_PATHS =
      classes().that().haveSimpleNameEndingWith("Resource").should().beAnnotatedWith(Path.class);

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
          .should(
              beAnnotatedWith(ProjectRole.class)
                  .or(beAnnotatedWith(AnyUser.class))
                  .or(beAnnotatedWith(ServiceOnly.class)));

  @ArchTest
  static final ArchRule INCOMING_IS_A_CONSUMER =
      methods()
          .that()
          .areAnnotatedWith(Incoming.class)
          .should()
          .beDeclaredInClassesThat()
          .haveSimpleNameEndingWith("Consumer");

  @ArchTest
  static final ArchRule ENTITIES_ARE_NAMED_SO =
      classes().that().areAnnotatedWith(Entity.class).should().haveSimpleNameEndingWith("Entity");

  @ArchTest
  static final ArchRule CONFIGS_ARE_MAPPINGS =
      classes()
          .that()
          .haveSimpleNameEndingWith("Config")
          .should()
          .beAnnotatedWith(ConfigMapping.class)
          .andShould()
          .beInterfaces();

  @ArchTest
  static final ArchRule EDGES_ARE_HIDDEN =
      classes()
          .that()
          .haveSimpleNameEndingWith("Repository")
          .or()
          .haveSimpleNameEndingWith("Consumer")
          .or()
          .haveSimpleNameEndingWith("Resource")
          .or()
          .areAnnotatedWith(Entity.class)
          .should()
          .bePackagePrivate();

  @ArchTest
  static final ArchRule REPOSITORIES_ASK_FOR_A_SCOPE =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .haveSimpleNameEndingWith("Repository")
          .and()
          .arePackagePrivate()
          .and()
          .areNotStatic()
          .and()
          .haveNameNotEndingWith("AnyProject")
          .and()
          .haveNameNotMatching("lambda.*")
          .should(
              com.tngtech.archunit.lang.conditions.ArchConditions.have(
                  com.tngtech.archunit.base.DescribedPredicate.describe(
                      "a ProjectScope behind the session",
                      method ->
                          method.getRawParameterTypes().size() >= 2
                              && method
                                  .getRawParameterTypes()
                                  .get(0)
                                  .isEquivalentTo(Mutiny.Session.class)
                              && method
                                  .getRawParameterTypes()
                                  .get(1)
                                  .isEquivalentTo(ProjectScope.class))));

  @ArchTest
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices().matching("dev.sluice.catalog.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule FIELDS_ARE_NOT_INJECTED = noFields().should().beAnnotatedWith(Inject.class);

  @ArchTest
  static final ArchRule BEANS_DO_NOT_CHANGE =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(ApplicationScoped.class)
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule DOMAIN_KNOWS_NO_FRAMEWORK =
      noClasses()
          .that()
          .haveNameNotMatching(
              ".*(Resource|Consumer|Service|Repository|Entity|Config|Clock|Membership|Reader)"
                  + "(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "io.quarkus..", "org.hibernate..", "io.minio..");

  @ArchTest
  static final ArchRule NAMES_SAY_A_ROLE =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Processor)")
          .orShould()
          .resideInAnyPackage("..impl..", "..dto..", "..util..", "..common..", "..helper..");
}
