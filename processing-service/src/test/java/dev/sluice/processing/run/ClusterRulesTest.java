package dev.sluice.processing.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.processing.ray.ClusterChoice;
import dev.sluice.processing.ray.RayConfig;
import dev.sluice.support.problem.ProblemException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterRulesTest {
  private static final String OWN_CLUSTER = "rayClusterConfig: {head: {cpu: 2}}";

  @Test
  void theSeedsOwnManifestIsTakenAndToldThatItsImageIsNotEnforced() {
    // Given
    ClusterRules rules = rules(Map.of("sluice.ray.image", "sluice/ray:1"));

    // When
    rules.check(manifest());

    // Then
    assertThat(rules.notes(manifest()))
        .singleElement()
        .asString()
        .contains(
            "oneblockai/ray-data:main-head", "not enforced", "no container engine", "sluice/ray:1");
  }

  @Test
  void anImageIsRefusedWhereItMustBeEnforcedAndCannotBe() {
    // Given
    ClusterRules rules = rules(Map.of("sluice.ray.enforce-image", "true"));

    // When
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> rules.check(manifest()));

    // Then
    assertThat(refusal.problem().code()).isEqualTo("image-not-available");
    assertThat(refusal.problem().detail())
        .contains("spec.image.name", "oneblockai/ray-data:main-head", "no container engine");
  }

  @Test
  void theClustersOwnImageIsTakenWithoutAWord() {
    // Given
    ClusterRules rules =
        rules(
            Map.of(
                "sluice.ray.enforce-image", "true",
                "sluice.ray.image", "oneblockai/ray-data:main-head"));

    // When
    rules.check(manifest());

    // Then
    assertThat(rules.notes(manifest())).isEmpty();
  }

  @Test
  void aClusterOfTheRunsOwnNeedsKubernetes() {
    // When
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class, () -> rules(Map.of()).check(manifest(OWN_CLUSTER)));

    // Then
    assertThat(refusal.problem().code()).isEqualTo("cluster-not-available");
    assertThat(refusal.problem().detail()).contains("no Kubernetes");
  }

  @Test
  void onKubernetesImageAndClusterAreGivenAsAsked() {
    // Given
    ClusterRules rules =
        rules(
            Map.of(
                "sluice.ray.clusters",
                ClusterChoice.KUBERAY.name().toLowerCase(java.util.Locale.ROOT),
                "sluice.ray.enforce-image",
                "true"));

    // When
    rules.check(manifest(OWN_CLUSTER));

    // Then
    assertThat(rules.notes(manifest(OWN_CLUSTER))).isEmpty();
  }

  private static DataSetManifest manifest(String... fields) {
    return ManifestReader.read(ManifestText.yaml(Manifests.with(Manifests.SEED, fields)));
  }

  private static ClusterRules rules(Map<String, String> settings) {
    return new ClusterRules(
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValues(settings)
            .withMapping(RayConfig.class)
            .build()
            .getConfigMapping(RayConfig.class));
  }
}
