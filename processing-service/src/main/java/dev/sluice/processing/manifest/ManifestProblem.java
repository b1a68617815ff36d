package dev.sluice.processing.manifest;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a manifest is refused. */
public sealed interface ManifestProblem extends Problem {

  @Override
  default String detail() {
    return errors().stream()
        .map(
            e -> e.field() + (e.value() == null ? "" : " '" + e.value() + "'") + ": " + e.allowed())
        .collect(Collectors.joining("; "));
  }

  /** Fields that no release accepts. */
  record InvalidManifest(List<FieldError> errors) implements ManifestProblem {
    public InvalidManifest {
      errors = List.copyOf(errors);
    }

    static InvalidManifest of(String field, String value, String allowed) {
      return new InvalidManifest(List.of(new FieldError(field, value, allowed)));
    }

    @Override
    public String code() {
      return "invalid-manifest";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String title() {
      return "The manifest is not valid";
    }
  }

  /** Two fields that are fine alone and exclude each other. */
  record ImpossiblePair(List<FieldError> errors) implements ManifestProblem {
    public ImpossiblePair {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "impossible-pair";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "Two fields of the manifest exclude each other";
    }
  }

  /** A dataset of another project than the run's. */
  record OtherProject(List<FieldError> errors) implements ManifestProblem {
    public OtherProject {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "other-project";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "The manifest names a dataset of another project";
    }
  }

  /** An image that no cluster here can run a program in. */
  record ImageNotAvailable(List<FieldError> errors) implements ManifestProblem {
    public ImageNotAvailable {
      errors = List.copyOf(errors);
    }

    /**
     * The refusal of an image.
     *
     * @param own the one image of the cluster; null when it has none that is known
     */
    public static ImageNotAvailable of(String image, @Nullable String own) {
      String allowed = own == null ? "no image" : own + ", or no image";
      return new ImageNotAvailable(
          List.of(
              new FieldError(
                  "spec.image.name",
                  image,
                  allowed + ": this Ray cluster has no container engine for jobs")));
    }

    @Override
    public String code() {
      return "image-not-available";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "The image cannot be honoured";
    }
  }

  /** A cluster of the run's own, where none can be made. */
  record ClusterNotAvailable(List<FieldError> errors) implements ManifestProblem {
    public ClusterNotAvailable {
      errors = List.copyOf(errors);
    }

    /** The refusal of a cluster. */
    public static ClusterNotAvailable of(DataSetManifest manifest) {
      return new ClusterNotAvailable(
          List.of(
              new FieldError(
                  "spec.rayClusterConfig",
                  manifest.json().path("spec").path("rayClusterConfig").toString(),
                  "empty: this installation has its shared cluster alone and no Kubernetes to make"
                      + " one (sluice.ray.clusters)")));
    }

    @Override
    public String code() {
      return "cluster-not-available";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "No cluster can be made for the run alone";
    }
  }
}
