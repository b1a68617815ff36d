package dev.sluice.processing.ray;

import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs for Kubernetes, and its address, for tests. */
final class KubeJobs {
  static final String ID = "sluice-11111111-2222-3333-4444-555555555555-a1";
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private KubeJobs() {}

  /** The job of the seed's manifest with other fields in the place of its empty last one. */
  static JobSubmission with(String... fields) {
    return job(Manifests.with(Manifests.SEED, fields));
  }

  static JobSubmission job(String yaml) {
    DataSetManifest manifest = ManifestReader.read(ManifestText.yaml(yaml));
    String job = "http://processing:8083/api/v1/runs/x/attempts/1/";
    return new JobSubmission(
        ID,
        manifest.command(),
        Map.of("SLUICE_SPEC_URL", job + "spec", "SLUICE_RUN_TOKEN", "token"),
        Map.of("sluice.run", "11111111", "sluice.requestedBy", "Ada Lovelace <ada@example.org>"),
        manifest.workingDir() == null ? null : filesOf(),
        new JobDemand(
            manifest.image(),
            manifest.cluster(),
            manifest.entrypoint() != null,
            job + "packages/",
            NOW.plus(Duration.ofHours(6))));
  }

  private static JobPackage filesOf() {
    return JobPackage.named(
        "0".repeat(64), () -> Uni.createFrom().failure(new AssertionError("not wanted here")));
  }

  /** Settings that differ from the defaults where a test needs it. */
  static KubeRayConfig config(URI api, Path token, @Nullable String image) {
    return new KubeRayConfig() {
      @Override
      public URI api() {
        return api;
      }

      @Override
      public Path tokenFile() {
        return token;
      }

      @Override
      public Path caFile() {
        return Path.of("absent");
      }

      @Override
      public String namespace() {
        return "sluice-jobs";
      }

      @Override
      public Optional<String> image() {
        return Optional.ofNullable(image);
      }

      @Override
      public String rayVersion() {
        return "2.55.0";
      }

      @Override
      public Duration keepEnded() {
        return Duration.ofHours(1);
      }

      @Override
      public Duration timeout() {
        return Duration.ofSeconds(2);
      }
    };
  }
}
