package dev.sluice.processing.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestRulesTest {
  @Test
  void takesAVersionOfTheRunsOwnProject() {
    // When
    DataSetManifest manifest = checked(Manifests.runnable("demo"));

    // Then
    assertThat(manifest.inputDataset()).isEqualTo("docs");
  }

  @Test
  void readsAnOutsideSourceFromTheDatasetItIsImportedTo() {
    // When
    DataSetManifest manifest = checked(Manifests.SEED);

    // Then
    assertThat(manifest.inputDataset()).isEqualTo("pdf-data-sample-source");
    assertThat(manifest.inputVersion()).isEqualTo("latest");
  }

  @Test
  void keepsTheSourceDatasetsOfLongNamesApart() {
    // Given
    String name = "a-name-of-thirty-nine-characters-and-";

    // When
    DataSetManifest one = checked(Manifests.SEED.replace("pdf-data-sample", name + "01"));
    DataSetManifest other = checked(Manifests.SEED.replace("pdf-data-sample", name + "02"));

    // Then
    assertThat(one.inputDataset()).hasSize(40).endsWith("-source");
    assertThat(one.inputDataset()).isNotEqualTo(other.inputDataset());
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "map"              | repartition         | gpu: 0          | gpu: 1         | impossible-pair
          type: text         | 'keyColumn: id\n    type: text' | x  | x              | impossible-pair
          type: text         | 'secretRef: key\n    type: text' | x | x              | impossible-pair
          type: s3           | 'type: dataset\n    url: sluice://other/words' | x | x | other-project
          sluice://demo/docs | sluice://other/docs | x               | x              | other-project
          rayClusterConfig:  | 'operators: [{name: dedup}]' | x      | x              | impossible-pair
          rayClusterConfig:  | 'workingDir: sluice://demo/code@v1'   | \
              'entrypoint: python -m sluice.runner' | 'deadline: 1h'  | impossible-pair
          rayClusterConfig:  | 'workingDir: sluice://other/code@v1' | x | x           | other-project
          type: s3           | type: qdrant        | format: parquet | format: text   | impossible-pair
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

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          csv       : parquet text csv tfrecords
          parquet   : parquet image text csv binary tfrecords
          image     : parquet image binary tfrecords
          text      : parquet text csv tfrecords
          binary    : parquet binary tfrecords
          tfrecords : parquet image text csv binary tfrecords
          """)
  void eachSourceBecomesTheFormatsThatMakeSenseAndNoOther(String source, String formats) {
    for (Format format : Format.values()) {
      // Given
      String manifest =
          Manifests.runnable("demo")
              .replace("type: text", "type: " + source)
              .replace("format: parquet", "format: " + format.text());

      // When
      ProblemException refusal = refusalOf(manifest);

      // Then
      if (Set.of(formats.split(" ")).contains(format.text())) {
        assertThat(refusal).isNull();
      } else {
        assertThat(refusal.problem().code()).isEqualTo("impossible-pair");
        assertThat(refusal.problem().errors())
            .containsExactly(
                new FieldError(
                    "spec.source.type, spec.destination.format",
                    source + " → " + format.text(),
                    "from " + source + ": " + formats.replace(" ", ", ")));
      }
    }
  }

  @Test
  void binaryFilesBecomeImagesWhereAnOperatorCutsThemToFrames() {
    // Given
    String manifest =
        Manifests.with(
            Manifests.runnable("demo")
                .replace("type: text", "type: binary")
                .replace("format: parquet", "format: image")
                .replaceAll("  entrypoint:.*\n", ""),
            "operators: [{name: video_frames}]");

    // Then
    assertThat(checked(manifest).inputDataset()).isEqualTo("docs");
  }

  @Test
  void oneRunHasOneFormatAndOneDataset() {
    // Given
    String manifest =
        Manifests.deliveredTo(
            Manifests.runnable("demo"),
            "- {type: s3, format: parquet}",
            "- {type: s3, format: csv}",
            "- {type: dataset, url: 'sluice://demo/one'}",
            "- {type: dataset, url: 'sluice://demo/two'}");

    // When
    ProblemException refusal = refusalOf(manifest);

    // Then
    assertThat(refusal.problem().errors())
        .extracting(FieldError::field)
        .containsExactly("spec.destinations[1].format", "spec.destinations[3].url");
  }

  private static DataSetManifest checked(String yaml) {
    DataSetManifest manifest = manifest(yaml);
    ManifestRules.check(manifest);
    return manifest;
  }

  private static DataSetManifest manifest(String yaml) {
    return ManifestReader.read(ManifestText.yaml(yaml));
  }

  private static ProblemException refusalOf(String yaml) {
    return catchThrowableOfType(ProblemException.class, () -> ManifestRules.check(manifest(yaml)));
  }
}
