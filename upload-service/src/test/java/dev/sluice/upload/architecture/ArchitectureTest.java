package dev.sluice.upload.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.testing.HouseRules;
import io.quarkus.security.Authenticated;

/** The house rules, and those of this service alone. */
@AnalyzeClasses(packages = "dev.sluice.upload", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchRule BEANS_DO_NOT_CHANGE = HouseRules.BEANS_DO_NOT_CHANGE;

  @ArchTest
  static final ArchRule ONLY_ROLES_KNOW_FRAMEWORKS =
      HouseRules.onlyRolesKnowFrameworksAnd(
          "FileQuery",
          "PartMeters",
          "LockedImport",
          "LockedUpload",
          "AddressLife",
          "LockedUploads",
          "StoreCopies",
          "StoreListing",
          "PartStore",
          "StoreFailures",
          "PartUrlSigner",
          "S3Source",
          "S3Clients",
          "S3Failures",
          "UploadClock",
          "Contexts");

  @ArchTest
  static final ArchRule RESOURCES_ARE_AUTHENTICATED =
      classes()
          .that()
          .haveSimpleNameEndingWith("Resource")
          .should()
          .beAnnotatedWith(Authenticated.class);

  @ArchTest
  static final ArchRule CLIENTS_ARE_HIDDEN =
      classes().that().haveSimpleNameEndingWith("Client").should().bePackagePrivate();

  @ArchTest
  static final ArchRule VALUES_KNOW_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAnyPackage("..upload.file..", "..upload.media..", "..upload.problem..")
          .should()
          .dependOnClassesThat(HouseRules.FRAMEWORKS);
}
