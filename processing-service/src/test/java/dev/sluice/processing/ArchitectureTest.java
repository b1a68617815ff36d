package dev.sluice.processing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.testing.HouseRules;

/** The house rules, and those of this service alone. */
@AnalyzeClasses(packages = "dev.sluice.processing", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule ONLY_ROLES_KNOW_FRAMEWORKS =
      HouseRules.onlyRolesKnowFrameworksAnd(
          "RunWatcher", "StorageCredentials", "RunMetrics", "RunAcceptance", "S3Place");

  @ArchTest
  static final ArchRule THE_MANIFEST_KNOWS_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAPackage("..manifest..")
          .should()
          .dependOnClassesThat(HouseRules.FRAMEWORKS);

  @ArchTest
  static final ArchRule PORTS_TO_OTHERS_DO_NOT_KNOW_RUNS =
      noClasses()
          .that()
          .resideInAnyPackage("..ray..", "..reservation..", "..output..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..run..", "..watch..", "..intake..", "..spec..");
}
