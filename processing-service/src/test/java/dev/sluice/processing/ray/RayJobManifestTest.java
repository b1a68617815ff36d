package dev.sluice.processing.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.processing.manifest.Manifests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** With {@code -Dsluice.update-golden=true} the files are written anew. */
class RayJobManifestTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/kuberay");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  @Test
  void theSeedsOwnProgramGetsOneNodeOfItsImage() throws IOException {
    matches("seed.yaml", KubeJobs.with());
  }

  @Test
  void aClusterHasTheGroupsOfTheManifest() throws IOException {
    matches(
        "groups.yaml",
        KubeJobs.with(
            "workingDir: sluice://default/code@v2/src",
            "rayClusterConfig: {rayVersion: 2.60.0, head: {cpu: 500m, memory: 4Gi}, workers: ["
                + "{name: small, replicas: 2, maxReplicas: 8, minReplicas: 0},"
                + " {name: gpu, cpu: 4, memory: 32Gi, gpu: 2}]}"));
  }

  @Test
  void operatorsRunInTheConfiguredImage() throws IOException {
    String manifest =
        Manifests.with(Manifests.SEED, "rayClusterConfig: {workers: [{name: one}]}")
            .replaceAll("  entrypoint:.*\n", "")
            .replaceAll("  image:\n.*\n.*\n", "");
    matches("operators.yaml", KubeJobs.job(manifest));
  }

  @Test
  void aClusterNeedsAnImage() {
    // Given
    String manifest = Manifests.SEED.replaceAll("  image:\n.*\n.*\n", "");

    // Then
    assertThatThrownBy(
            () ->
                new RayJobManifest(
                    KubeJobs.job(manifest),
                    KubeJobs.config(URI.create("http://k"), Path.of("token"), null)))
        .isInstanceOf(RayRefused.class)
        .hasMessageContaining("sluice.kuberay.image");
  }

  @Test
  void aDeadlineThatIsOverIsStillOne() {
    // Given
    Instant late = KubeJobs.NOW.plusSeconds(1_000_000);

    // Then
    assertThat(
            manifest(KubeJobs.with()).at(late).path("spec").path("activeDeadlineSeconds").asInt())
        .isEqualTo(1);
  }

  private static RayJobManifest manifest(JobSubmission job) {
    return new RayJobManifest(
        job, KubeJobs.config(URI.create("http://k"), Path.of("token"), "sluice/ray:2.55.0"));
  }

  private static void matches(String name, JobSubmission job) throws IOException {
    String yaml = YAML.writeValueAsString(manifest(job).at(KubeJobs.NOW));
    Path golden = GOLDEN.resolve(name);
    if (Boolean.getBoolean("sluice.update-golden")) {
      Files.writeString(golden, yaml);
    }
    assertThat(yaml).isEqualTo(Files.readString(golden));
  }
}
