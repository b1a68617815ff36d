package dev.sluice.processing.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.ProblemException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

  @Test
  void readsTheSeedsOwnYamlUnchanged() {
    // When
    DataSetManifest manifest = ManifestReader.read(ManifestText.yaml(Manifests.SEED));

    // Then
    assertThat(manifest.name()).isEqualTo("pdf-data-sample");
    assertThat(manifest.project()).isEqualTo("default");
    assertThat(manifest.source().type()).isEqualTo(SourceType.TEXT);
    assertThat(manifest.source().url())
        .isEqualTo(new SourceUrl.Outside(URI.create("https://oneblock.ai/sample.pdf")));
    assertThat(manifest.destination().format()).isEqualTo(Format.PARQUET);
    assertThat(manifest.command()).isEqualTo("python /home/ray/samples/sample_code.py");
    assertThat(manifest.rayJobConfig())
        .isEqualTo(
            new DataSetManifest.RayJobConfig(DistributeOps.MAP, 2, 0, 100, Scheduling.DEFAULT));
    assertThat(manifest.image())
        .isEqualTo(new DataSetManifest.Image("oneblockai/ray-data:main-head", PullPolicy.ALWAYS));
  }

  @Test
  void readsJsonToo() {
    // Given
    String json = ManifestText.yaml(Manifests.SEED).toString();

    // When
    DataSetManifest manifest = ManifestReader.read(ManifestText.json(json));

    // Then
    assertThat(manifest.json()).isEqualTo(ManifestText.yaml(Manifests.SEED));
  }

  @Test
  void readsASourceInTheCatalog() {
    // When
    DataSetManifest manifest = ManifestReader.read(ManifestText.yaml(Manifests.runnable("demo")));

    // Then
    assertThat(manifest.source().url())
        .isEqualTo(new InCatalog("demo", "docs", "v1", new PathGlob("**/*.txt")));
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          core.oneblock.ai/v1alpha1       | core.oneblock.ai/v2  | apiVersion
          kind: DataSet                   | kind: Dataset        | kind
          name: pdf-data-sample           | name: Pdf_Data       | metadata.name
          name: pdf-data-sample           | name: ab             | metadata.name
          name: pdf-data-sample           | name: 12345          | metadata.name
          namespace: default              | namespace: -x-       | metadata.namespace
          namespace: default              | namespac: default    | metadata.namespac
          namespace: default              | labels: {}           | metadata.namespace
          type: text                      | type: video          | spec.source.type
          type: text                      | type: TEXT           | spec.source.type
          https://oneblock.ai             | ftp://oneblock.ai    | spec.source.url
          https://oneblock.ai/sample.pdf  | sluice://p/d         | spec.source.url
          https://oneblock.ai/sample.pdf  | sluice://abc/def@1   | spec.source.url
          https://oneblock.ai/sample.pdf  | 42                   | spec.source.url
          type: s3                        | type: gcs            | spec.destination.type
          format: parquet                 | format: csv          | spec.destination.format
          s3://oneblock-ai                | gs://oneblock-ai     | spec.destination.url
          entrypoint: python              | entrypont: python    | spec.entrypont
          pullPolicy: Always              | pullPolicy: Sometimes| spec.image.pullPolicy
          oneblockai/ray-data:main-head   | 'a b'                | spec.image.name
          distributeOps: "map"            | distributeOps: join  | spec.rayJobConfig.distributeOps
          parallelism: 2                  | parallelism: 0       | spec.rayJobConfig.parallelism
          parallelism: 2                  | parallelism: "2"     | spec.rayJobConfig.parallelism
          parallelism: 2                  | parallelism: 1.5     | spec.rayJobConfig.parallelism
          gpu: 0                          | gpu: -1              | spec.rayJobConfig.gpu
          batch_size: 100                 | batch_size: 0        | spec.rayJobConfig.batch_size
          batch_size: 100                 | batchSize: 100       | spec.rayJobConfig.batchSize
          scheduling: "DEFAULT"           | scheduling: PACK     | spec.rayJobConfig.scheduling
          rayClusterConfig:               | rayClusterConfig: 3  | spec.rayClusterConfig
          """)
  void namesTheFieldAtFault(String was, String is, String field) {
    // Given
    String manifest = Manifests.SEED.replace(was, is);

    // When
    ProblemException refusal = refusalOf(manifest);

    // Then
    assertThat(refusal.problem().code()).isEqualTo("invalid-manifest");
    assertThat(refusal.problem().status()).isEqualTo(400);
    assertThat(refusal.problem().errors()).extracting(FieldError::field).contains(field);
    assertThat(refusal.problem().errors())
        .allSatisfy(error -> assertThat(error.allowed()).isNotBlank());
  }

  @Test
  void saysWhatIsAllowedAndWhatWasGiven() {
    // When
    ProblemException refusal =
        refusalOf(Manifests.SEED.replace("scheduling: \"DEFAULT\"", "scheduling: PACK"));

    // Then
    assertThat(refusal.problem().errors())
        .containsExactly(new FieldError("spec.rayJobConfig.scheduling", "PACK", "DEFAULT, SPREAD"));
  }

  @Test
  void gathersAllFaultsAtOnce() {
    // When
    ProblemException refusal =
        refusalOf(Manifests.SEED.replace("gpu: 0", "gpu: -1").replace("kind: DataSet", "kind: x"));

    // Then
    assertThat(refusal.problem().errors())
        .extracting(FieldError::field)
        .containsExactly("kind", "spec.rayJobConfig.gpu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {"a: [", "''", "- 1", "just text", "a: 1\\na: 2", "a: 1\\n---\\nb: 2"})
  void refusesWhatIsNoSingleDocument(String text) {
    // When
    ProblemException refusal = refusalOf(text.replace("\\n", "\n"));

    // Then
    assertThat(refusal.problem().status()).isEqualTo(400);
  }

  private static ProblemException refusalOf(String yaml) {
    return catchThrowableOfType(
        ProblemException.class, () -> ManifestReader.read(ManifestText.yaml(yaml)));
  }
}
