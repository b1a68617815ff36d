package dev.sluice.vectorsink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.testing.HouseRules;

/** The house rules, and those of this service alone. */
@AnalyzeClasses(packages = "dev.sluice.vectorsink", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule ONLY_ROLES_KNOW_FRAMEWORKS =
      HouseRules.onlyRolesKnowFrameworksAnd(
          "ObjectInputFile",
          "QdrantConnection",
          "CollectionNames",
          "Progress",
          "BatchIndexer",
          "LoopTransactions",
          "VersionCompletion",
          "VersionIndexer",
          "IndexingWorker");

  @ArchTest
  static final ArchRule THE_CRAFTS_KNOW_NOTHING_OF_THE_WORK =
      noClasses()
          .that()
          .resideInAnyPackage("..embedding..", "..source..", "..index..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..indexing..", "..recipe..", "..search..", "..intake..");

  @ArchTest
  static final ArchRule ONLY_THE_ADAPTER_KNOWS_QDRANT =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.Qdrant.*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.qdrant..", "io.grpc..", "com.google..");

  @ArchTest
  static final ArchRule ONLY_THE_SOURCE_KNOWS_PARQUET =
      noClasses()
          .that()
          .resideOutsideOfPackage("..source..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.hardwood..");
}
