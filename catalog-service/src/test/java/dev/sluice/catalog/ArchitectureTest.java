package dev.sluice.catalog;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.testing.HouseRules;
import org.hibernate.reactive.mutiny.Mutiny;

/** The house rules, and those of this service alone. */
@AnalyzeClasses(packages = "dev.sluice.catalog", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchRule BEANS_DO_NOT_CHANGE = HouseRules.BEANS_DO_NOT_CHANGE;

  @ArchTest
  static final ArchRule ONLY_ROLES_KNOW_FRAMEWORKS =
      HouseRules.onlyRolesKnowFrameworksAnd(
          "BodyLimits",
          "CatalogClock",
          "CatalogMembership",
          "OutputReader",
          "RunObserver",
          "VersionNames");

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
          .should(have(describe("a ProjectScope behind the session", m -> isScoped(m))));

  private static boolean isScoped(JavaMethod method) {
    var types = method.getRawParameterTypes();
    return types.size() >= 2
        && types.get(0).isEquivalentTo(Mutiny.Session.class)
        && types.get(1).isEquivalentTo(ProjectScope.class);
  }
}
