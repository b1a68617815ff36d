package dev.sluice.processing.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.processing.manifest.DataSetManifest.Destination;
import dev.sluice.processing.manifest.Execution.Retry;
import dev.sluice.processing.manifest.RayCluster.Group;
import dev.sluice.processing.manifest.RayCluster.Resources;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
    assertThat(manifest.format()).isEqualTo(Format.PARQUET);
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
          format: parquet                 | format: xlsx         | spec.destination.format
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
          rayClusterConfig:               | tolerance: 1.5       | spec.tolerance
          rayClusterConfig:               | tolerance: some      | spec.tolerance
          rayClusterConfig:               | deadline: 8d         | spec.deadline
          rayClusterConfig:               | deadline: soon       | spec.deadline
          rayClusterConfig:               | deadline: 60         | spec.deadline
          rayClusterConfig:               | priority: 10         | spec.priority
          rayClusterConfig:               | reuse: perhaps       | spec.reuse
          rayClusterConfig:               | 'retry: {maxAttempts: 0}'  | spec.retry.maxAttempts
          rayClusterConfig:               | 'retry: {maxAttempts: 11}' | spec.retry.maxAttempts
          rayClusterConfig:               | 'retry: {backoff: 11m}'    | spec.retry.backoff
          rayClusterConfig:               | 'retry: {tries: 3}'        | spec.retry.tries
          rayClusterConfig:               | 'workingDir: sluice://p/d' | spec.workingDir
          rayClusterConfig:               | 'workingDir: sluice://abc/def@v1/*.py' | spec.workingDir
          rayClusterConfig:               | 'workingDir: https://a.b/c.zip' | spec.workingDir
          rayClusterConfig:               | operators: 3         | spec.operators
          rayClusterConfig:               | 'operators: [{}]'    | spec.operators[0].name
          rayClusterConfig:               | 'operators: [{name: a, with: 1}]'  | spec.operators[0].with
          rayClusterConfig:               | 'operators: [{name: a}, {name: b, parameters: 7}]' | \
              spec.operators[1].parameters
          rayClusterConfig:               | destinations: []     | spec.destinations
          rayClusterConfig:               | 'destinations: [{type: s3}]' | spec.destinations
          rayClusterConfig:               | 'rayClusterConfig: {nodes: 3}' | spec.rayClusterConfig.nodes
          rayClusterConfig:               | 'rayClusterConfig: {rayVersion: 2}' | \
              spec.rayClusterConfig.rayVersion
          rayClusterConfig:               | 'rayClusterConfig: {head: {cpu: 0}}' | \
              spec.rayClusterConfig.head.cpu
          rayClusterConfig:               | 'rayClusterConfig: {head: {memory: 4}}' | \
              spec.rayClusterConfig.head.memory
          rayClusterConfig:               | 'rayClusterConfig: {workers: [{name: A}]}' | \
              spec.rayClusterConfig.workers[0].name
          rayClusterConfig:               | 'rayClusterConfig: {workers: [{name: a}, {name: a}]}' | \
              spec.rayClusterConfig.workers[1].name
          rayClusterConfig:               | \
              'rayClusterConfig: {workers: [{name: a, replicas: 3, maxReplicas: 2}]}' | \
              spec.rayClusterConfig.workers[0].replicas
          type: text                      | 'keyColumn: ""'      | spec.source.keyColumn
          type: s3                        | type: nfs            | spec.destination.url
          type: s3                        | type: dataset        | spec.destination.url
          type: s3                        | 'secretRef: A b'     | spec.destination.secretRef
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
  void fillsInWhatAManifestLeavesOut() {
    // When
    Execution execution = ManifestReader.read(ManifestText.yaml(Manifests.SEED)).execution();

    // Then
    assertThat(execution)
        .isEqualTo(new Execution(0, new Retry(null, Duration.ofSeconds(10)), null, 5, false));
  }

  @Test
  void readsHowARunIsToBeCarriedOut() {
    // When
    DataSetManifest manifest =
        ManifestReader.read(
            ManifestText.yaml(
                Manifests.with(
                    Manifests.SEED,
                    "tolerance: 0.05",
                    "retry: {maxAttempts: 4, backoff: PT1M30S}",
                    "deadline: 2d",
                    "priority: 9",
                    "reuse: true")));

    // Then
    assertThat(manifest.execution())
        .isEqualTo(
            new Execution(0.05, new Retry(4, Duration.ofSeconds(90)), Duration.ofDays(2), 9, true));
  }

  @Test
  void readsSeveralDestinations() {
    // When
    DataSetManifest manifest =
        ManifestReader.read(
            ManifestText.yaml(
                Manifests.deliveredTo(
                    Manifests.SEED,
                    "- {type: dataset, url: 'sluice://default/words'}",
                    "- {type: nfs, format: csv, url: 'nfs://host/export', secretRef: nfs-key}",
                    "- {type: qdrant}")));

    // Then
    assertThat(manifest.outputDataset()).isEqualTo("words");
    assertThat(manifest.format()).isEqualTo(Format.CSV);
    assertThat(manifest.destinations())
        .containsExactly(
            new Destination(DestinationType.DATASET, null, "sluice://default/words", null),
            new Destination(DestinationType.NFS, Format.CSV, "nfs://host/export", "nfs-key"),
            new Destination(DestinationType.QDRANT, null, null, null));
  }

  @Test
  void readsOperatorsWorkingDirectoryAndCluster() {
    // When
    DataSetManifest manifest =
        ManifestReader.read(
            ManifestText.yaml(
                Manifests.with(
                    Manifests.SEED,
                    "operators: [{name: clean, parameters: {a: 1}}, {name: dedup}]",
                    "workingDir: sluice://default/code@v2/src",
                    "rayClusterConfig: {head: {cpu: 500m}, workers: [{name: gpu, gpu: 1,"
                        + " memory: 16Gi}]}")));

    // Then
    assertThat(manifest.operators()).extracting(Operator::name).containsExactly("clean", "dedup");
    assertThat(manifest.operators().getFirst().json())
        .hasToString("{\"name\":\"clean\",\"parameters\":{\"a\":1}}");
    assertThat(manifest.workingDir())
        .isEqualTo(new InCatalog("default", "code", "v2", new PathGlob("src")));
    assertThat(manifest.cluster())
        .isEqualTo(
            new RayCluster(
                null,
                new Resources("500m", "2Gi", 0),
                List.of(new Group("gpu", 1, 1, 1, new Resources("1", "16Gi", 1)))));
  }

  @Test
  void keepsWhatAnEarlierReleaseAccepted() {
    // Given
    String old = Manifests.with(Manifests.SEED, "operators: [{any: thing}]", "rayClusterConfig: 3");

    // When
    DataSetManifest manifest = ManifestReader.stored(ManifestText.yaml(old));

    // Then
    assertThat(manifest.name()).isEqualTo("pdf-data-sample");
    assertThat(manifest.cluster()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "3, 40", "7, 600", "64, 600"})
  void theNextAttemptWaitsTwiceAsLong(int attempt, long seconds) {
    // Given
    Retry retry = new Retry(null, Duration.ofSeconds(10));

    // Then
    assertThat(retry.pauseAfter(attempt)).hasSeconds(seconds);
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
