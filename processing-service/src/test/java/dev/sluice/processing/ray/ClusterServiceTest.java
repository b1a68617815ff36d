package dev.sluice.processing.ray;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.processing.manifest.Manifests;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shared cluster is away in these tests: what is asked of it fails and says so. */
class ClusterServiceTest {
  private static final String OPERATORS_ONLY =
      Manifests.SEED.replaceAll("  entrypoint:.*\n", "").replaceAll("  image:\n.*\n.*\n", "");

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedKubernetes kubernetes = new ScriptedKubernetes();

  @AfterEach
  void close() {
    kubernetes.close();
    vertx.closeAndAwait();
  }

  @Test
  void aUsersProgramGetsAClusterOfItsOwnAndIsFoundThere() throws IOException {
    // Given
    JobRunner jobs = jobs("kuberay");

    // When
    await(jobs.submit(KubeJobs.with()));

    // Then
    assertThat(kubernetes.jobs).containsOnlyKeys(KubeJobs.ID);
    assertThat(await(jobs.report(KubeJobs.ID))).isPresent();
    assertThat(await(textOf(jobs.log(KubeJobs.ID)))).isEqualTo("a log");
    assertThat(await(jobs.stop(KubeJobs.ID))).isTrue();
  }

  @Test
  void sluicesOwnOperatorsGoToTheSharedCluster() throws IOException {
    // Given
    JobRunner jobs = jobs("kuberay");

    // Then
    assertThatThrownBy(() -> await(jobs.submit(KubeJobs.job(OPERATORS_ONLY))))
        .isInstanceOf(RayAway.class);
    assertThat(kubernetes.jobs).isEmpty();
  }

  @Test
  void aJobThatKubernetesDoesNotKnowIsAskedOfTheSharedCluster() throws IOException {
    // Given
    JobRunner jobs = jobs("kuberay");

    // Then
    assertThatThrownBy(() -> await(jobs.report(KubeJobs.ID))).isInstanceOf(RayAway.class);
    assertThatThrownBy(() -> await(jobs.stop(KubeJobs.ID))).isInstanceOf(RayAway.class);
    assertThatThrownBy(() -> await(textOf(jobs.log(KubeJobs.ID)))).isInstanceOf(RayAway.class);
  }

  @Test
  void withoutKubernetesEverythingGoesToTheSharedCluster() throws IOException {
    // Given
    JobRunner jobs = jobs("shared");

    // Then
    assertThatThrownBy(() -> await(jobs.submit(KubeJobs.with()))).isInstanceOf(RayAway.class);
    assertThat(kubernetes.jobs).isEmpty();
  }

  private JobRunner jobs(String clusters) throws IOException {
    RayConfig ray =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValues(
                Map.of("sluice.ray.clusters", clusters, "sluice.ray.address", "http://127.0.0.1:1"))
            .withMapping(RayConfig.class)
            .build()
            .getConfigMapping(RayConfig.class);
    Path token = Files.writeString(folder.resolve("token"), "kube-token");
    KubeRayConfig kube = KubeJobs.config(kubernetes.address(), token, null);
    ObjectMapper json = new ObjectMapper();
    return new ClusterService(
        ray, new RayClient(ray, json, vertx), new KubeRayClient(kube, json, vertx));
  }

  private static Uni<String> textOf(Multi<byte[]> log) {
    return log.map(piece -> new String(piece, UTF_8)).collect().with(Collectors.joining());
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(10));
  }
}
