package dev.sluice.processing.ray;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeRayClientTest {
  private static final String ID = KubeJobs.ID;

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedKubernetes kubernetes = new ScriptedKubernetes();
  private KubeRayClient client = clientOf(Path.of("none"));

  @BeforeEach
  void withAToken() throws IOException {
    client = clientOf(Files.writeString(folder.resolve("token"), "kube-token\n"));
  }

  @AfterEach
  void close() {
    kubernetes.close();
    vertx.closeAndAwait();
  }

  @Test
  void createsAJobOnce() {
    // When
    await(client.submit(KubeJobs.with()));
    await(client.submit(KubeJobs.with()));

    // Then
    assertThat(kubernetes.jobs).containsOnlyKeys(ID);
    assertThat(kubernetes.jobs.values())
        .extracting(job -> job.path("spec").path("entrypoint").asText())
        .containsExactly("python /home/ray/samples/sample_code.py");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                    | PENDING   | false
          {"jobDeploymentStatus":"Initializing","jobStatus":""}                 | PENDING   | false
          {"jobDeploymentStatus":"Running","jobStatus":"PENDING"}               | PENDING   | false
          {"jobDeploymentStatus":"Running","jobStatus":"RUNNING"}               | RUNNING   | false
          {"jobDeploymentStatus":"Running","jobStatus":"SUCCEEDED"}             | SUCCEEDED | false
          {"jobDeploymentStatus":"Complete","jobStatus":"SUCCEEDED"}            | SUCCEEDED | false
          {"jobDeploymentStatus":"Complete","jobStatus":"STOPPED"}              | STOPPED   | false
          {"jobDeploymentStatus":"Failed","jobStatus":"FAILED","reason":"AppFailed"} \
          | FAILED | false
          {"jobDeploymentStatus":"Failed","reason":"DeadlineExceeded"}          | FAILED    | false
          {"jobDeploymentStatus":"Failed","reason":"SubmissionFailed"}          | FAILED    | true
          {"jobDeploymentStatus":"Failed","reason":"JobStatusCheckTimeoutExceeded"} | FAILED | true
          {"jobDeploymentStatus":"ValidationFailed","message":"name"}           | FAILED    | false
          """)
  void readsWhatKubeRaySays(String said, JobReport.Status status, boolean clusterFault) {
    // Given
    await(client.submit(KubeJobs.with()));

    // When
    kubernetes.say(ID, said);

    // Then
    JobReport report = await(client.report(ID)).orElseThrow();
    assertThat(report.status()).isEqualTo(status);
    assertThat(report.isClusterFault()).isEqualTo(clusterFault);
  }

  @Test
  void aJobThatIsBeingRemovedIsStillAtWork() {
    // Given
    await(client.submit(KubeJobs.with()));

    // When
    boolean stopping = await(client.stop(ID));

    // Then
    assertThat(stopping).isTrue();
    assertThat(await(client.report(ID)).orElseThrow().status()).isEqualTo(JobReport.Status.RUNNING);
  }

  @Test
  void anUnknownJobIsNeitherReportedNorStoppedNorLogged() {
    assertThat(await(client.report(ID))).isEqualTo(Optional.empty());
    assertThat(await(client.stop(ID))).isFalse();
    assertThat(await(textOf(client.log(ID)))).isEmpty();
  }

  @Test
  void theLogIsTheSubmittersOwn() {
    // Given
    await(client.submit(KubeJobs.with()));

    // Then
    assertThat(await(textOf(client.log(ID)))).isEqualTo("a log");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 422})
  void aJobThatKubernetesRefusesIsRefused(int status) {
    // Given
    kubernetes.refuseWith(status);

    // Then
    assertThatThrownBy(() -> await(client.submit(KubeJobs.with()))).isInstanceOf(RayRefused.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void anythingElseMeansToWait(int status) {
    // Given
    kubernetes.refuseWith(status);

    // Then
    assertThatThrownBy(() -> await(client.submit(KubeJobs.with()))).isInstanceOf(RayAway.class);
    assertThatThrownBy(() -> await(client.report(ID))).isInstanceOf(RayAway.class);
    assertThatThrownBy(() -> await(client.stop(ID))).isInstanceOf(RayAway.class);
    assertThatThrownBy(() -> await(textOf(client.log(ID)))).isInstanceOf(RayAway.class);
  }

  @Test
  void aMissingTokenMeansToWait() {
    assertThatThrownBy(() -> await(clientOf(folder.resolve("absent")).report(ID)))
        .isInstanceOf(RayAway.class)
        .hasMessageContaining("no token for Kubernetes");
  }

  @ParameterizedTest
  @CsvSource({
    "true, , false, true",
    "false, other, false, true",
    "false, shared, false, false",
    "false, , false, false",
    "false, , true, true"
  })
  void whoNeedsAClusterOfItsOwn(boolean program, String image, boolean cluster, boolean needs) {
    // Given
    JobDemand of = KubeJobs.with("rayClusterConfig: {head: {cpu: 2}}").demand();
    JobDemand demand =
        new JobDemand(
            image == null
                ? null
                : dev.sluice.processing.manifest.DataSetManifest.Image.ofCluster(image),
            cluster ? of.cluster() : null,
            program,
            "",
            KubeJobs.NOW);

    // Then
    assertThat(demand.needsOwnCluster("shared")).isEqualTo(needs);
  }

  private KubeRayClient clientOf(Path token) {
    return new KubeRayClient(
        KubeJobs.config(kubernetes.address(), token, null), new ObjectMapper(), vertx);
  }

  private static Uni<String> textOf(Multi<byte[]> log) {
    return log.map(piece -> new String(piece, UTF_8)).collect().with(Collectors.joining());
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(10));
  }
}
