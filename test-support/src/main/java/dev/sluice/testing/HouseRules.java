package dev.sluice.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * The house rules that a machine can keep in every service, for {@code ArchTests.in}.
 *
 * <p>A rule that finds nothing to check fails, so a service without a single entity, consumer or
 * resource cannot pass by accident. Annotations are named as text: this module knows no framework
 * of the services.
 */
public final class HouseRules {
  private static final String PATH = "jakarta.ws.rs.Path";
  private static final String HTTP_METHOD = "jakarta.ws.rs.HttpMethod";
  private static final String INCOMING = "org.eclipse.microprofile.reactive.messaging.Incoming";
  private static final String ENTITY = "jakarta.persistence.Entity";
  private static final String CONFIG_MAPPING = "io.smallrye.config.ConfigMapping";
  private static final String IDENTITY = "dev.sluice.support.identity.";
  private static final Set<String> ROLES =
      Set.of("Resource", "Consumer", "Service", "Repository", "Entity", "Client", "Config");

  /** What only types with a role may know. */
  public static final DescribedPredicate<JavaClass> FRAMEWORKS =
      resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..", "org.hibernate..", "io.minio..")
          .as("are of a framework");

  /** For services whose beans hold no timer, model or connection that starts late. */
  public static final ArchRule BEANS_DO_NOT_CHANGE =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith("jakarta.enterprise.context.ApplicationScoped")
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest static final ArchTests EVERY_MODULE = ArchTests.in(EveryModule.class);

  @ArchTest
  static final ArchRule RESOURCES_ARE_PATHS =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .haveSimpleNameEndingWith("Resource")
          .should()
          .beAnnotatedWith(PATH);

  @ArchTest
  static final ArchRule PATHS_ARE_RESOURCES =
      classes().that().areAnnotatedWith(PATH).should().haveSimpleNameEndingWith("Resource");

  @ArchTest
  static final ArchRule EVERY_RESOURCE_METHOD_IS_PUBLIC_AND_SAYS_WHO_MAY =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(PATH)
          .and()
          .arePublic()
          .or()
          .areMetaAnnotatedWith(HTTP_METHOD)
          .or()
          .areAnnotatedWith(PATH)
          .should()
          .bePublic()
          .andShould(
              beAnnotatedWith(IDENTITY + "ProjectRole")
                  .or(beAnnotatedWith(IDENTITY + "AnyUser"))
                  .or(beAnnotatedWith(IDENTITY + "ServiceOnly"))
                  .or(beAnnotatedWith(IDENTITY + "RunTokenOnly")));

  @ArchTest
  static final ArchRule CONSUMERS_HAVE_INCOMING =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .haveSimpleNameEndingWith("Consumer")
          .should(have(describe("a method with @Incoming", type -> consumes(type))));

  @ArchTest
  static final ArchRule INCOMING_IS_IN_A_CONSUMER =
      methods()
          .that()
          .areAnnotatedWith(INCOMING)
          .should()
          .beDeclaredInClassesThat()
          .haveSimpleNameEndingWith("Consumer");

  @ArchTest
  static final ArchRule NAMED_ENTITIES_ARE_ENTITIES =
      classes().that().haveSimpleNameEndingWith("Entity").should().beAnnotatedWith(ENTITY);

  @ArchTest
  static final ArchRule ENTITIES_ARE_NAMED_SO =
      classes().that().areAnnotatedWith(ENTITY).should().haveSimpleNameEndingWith("Entity");

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
          .areAnnotatedWith(ENTITY)
          .should()
          .bePackagePrivate();

  private HouseRules() {}

  /**
   * Lets no type know a framework but those whose suffix says a role, and these few.
   *
   * @param others simple names of the adapters and workers without a role's suffix
   */
  public static ArchRule onlyRolesKnowFrameworksAnd(String... others) {
    Set<String> allowed = Set.of(others);
    return noClasses()
        .that(
            describe(
                "have no role (besides " + String.join(", ", others) + ")",
                type -> !allowed.contains(outermost(type)) && !hasRole(outermost(type))))
        .should()
        .dependOnClassesThat(FRAMEWORKS);
  }

  private static boolean consumes(JavaClass type) {
    return type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(INCOMING));
  }

  private static boolean hasRole(String name) {
    return ROLES.stream().anyMatch(name::endsWith);
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(HouseRules::outermost).orElse(type.getSimpleName());
  }

  /** The rules that hold in libraries too. */
  public static final class EveryModule {
    @ArchTest
    static final ArchRule NAMED_CONFIGS_ARE_MAPPINGS =
        classes()
            .that()
            .areTopLevelClasses()
            .and()
            .haveSimpleNameEndingWith("Config")
            .should()
            .beAnnotatedWith(CONFIG_MAPPING)
            .andShould()
            .beInterfaces();

    @ArchTest
    static final ArchRule MAPPINGS_ARE_CONFIGS =
        classes()
            .that()
            .areAnnotatedWith(CONFIG_MAPPING)
            .should()
            .haveSimpleNameEndingWith("Config");

    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES =
        slices().matching("dev.sluice.*.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule FIELDS_ARE_NOT_INJECTED =
        noFields().should().beAnnotatedWith("jakarta.inject.Inject");

    @ArchTest
    static final ArchRule NAMES_SAY_A_ROLE =
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Processor)")
            .orShould()
            .resideInAnyPackage("..impl..", "..dto..", "..util..", "..common..", "..helper..");

    private EveryModule() {}
  }
}
