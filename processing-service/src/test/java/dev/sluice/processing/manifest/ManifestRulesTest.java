package dev.sluice.processing.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.support.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestRulesTest {
  private static final String BUCKET = "sluice-demo";

  @Test
  void takesAVersionOfTheRunsOwnProject() {
    // When
    InCatalog input = ManifestRules.check(manifest(Manifests.runnable("demo")), BUCKET);

    // Then
    assertThat(input.dataset()).isEqualTo("docs");
  }

  @Test
  void saysPlainlyWhichSourcesItTakesToday() {
    // When
    ProblemException refusal = refusalOf(Manifests.SEED);

    // Then
    assertThat(refusal.problem().code()).isEqualTo("source-not-supported-yet");
    assertThat(refusal.problem().detail())
        .contains("https://oneblock.ai/sample.pdf")
        .contains("sluice://<project>/<dataset>@<v1|latest>[/<glob>]");
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type: text         | type: csv           | format: parquet | format: image  | impossible-pair
          type: text         | type: text          | format: parquet | format: binary | impossible-pair
          type: text         | type: image         | format: parquet | format: text   | impossible-pair
          "map"              | repartition         | gpu: 0          | gpu: 1         | impossible-pair
          type: text         | type: parquet       | format: parquet | format: tfrecords | \
              destination-not-supported-yet
          type: s3           | type: qdrant        | x               | x   | \
              destination-not-supported-yet
          format: parquet    | 'format: parquet\n    url: s3://other/x' | x | x | \
              destination-not-supported-yet
          sluice://demo/docs | sluice://other/docs | x               | x   | \
              source-not-supported-yet
          rayClusterConfig:  | rayClusterConfig: {workers: 3} | x    | x   | \
              cluster-not-supported-yet
          """)
  void namesThePairInTheWay(String was, String is, String second, String secondIs, String code) {
    // Given
    String manifest =
        Manifests.runnable("demo").replace(was, is.replace("\\n", "\n")).replace(second, secondIs);

    // When
    ProblemException refusal = refusalOf(manifest);

    // Then
    assertThat(refusal.problem().code()).isEqualTo(code);
    assertThat(refusal.problem().status()).isEqualTo(422);
    assertThat(refusal.problem().errors()).isNotEmpty();
  }

  @Test
  void takesADestinationInTheProjectsOwnBucket() {
    // Given
    String manifest =
        Manifests.runnable("demo")
            .replace("format: parquet", "format: parquet\n    url: s3://sluice-demo/dataset");

    // When
    InCatalog input = ManifestRules.check(manifest(manifest), BUCKET);

    // Then
    assertThat(input.project()).isEqualTo("demo");
  }

  private static DataSetManifest manifest(String yaml) {
    return ManifestReader.read(ManifestText.yaml(yaml));
  }

  private static ProblemException refusalOf(String yaml) {
    return catchThrowableOfType(
        ProblemException.class, () -> ManifestRules.check(manifest(yaml), BUCKET));
  }
}
