package dev.sluice.processing.manifest;

import dev.sluice.processing.manifest.ManifestProblem.ClusterNotSupportedYet;
import dev.sluice.processing.manifest.ManifestProblem.DestinationNotSupportedYet;
import dev.sluice.processing.manifest.ManifestProblem.ImpossiblePair;
import dev.sluice.processing.manifest.ManifestProblem.SourceNotSupportedYet;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a valid manifest must also keep to for this release to run it. */
public final class ManifestRules {
  private static final Map<SourceType, Set<Format>> POSSIBLE =
      Map.of(
          SourceType.CSV, EnumSet.of(Format.PARQUET, Format.TEXT, Format.TFRECORDS),
          SourceType.PARQUET, EnumSet.allOf(Format.class),
          SourceType.TEXT, EnumSet.of(Format.PARQUET, Format.TEXT, Format.TFRECORDS),
          SourceType.IMAGE,
              EnumSet.of(Format.PARQUET, Format.IMAGE, Format.BINARY, Format.TFRECORDS),
          SourceType.BINARY, EnumSet.of(Format.PARQUET, Format.BINARY, Format.TFRECORDS),
          SourceType.TFRECORDS, EnumSet.allOf(Format.class));
  private static final Set<Format> BUILT = EnumSet.of(Format.PARQUET, Format.TEXT);

  private ManifestRules() {}

  /**
   * The input version of a manifest this release can run.
   *
   * @param bucket the project's own bucket
   * @throws dev.sluice.support.problem.ProblemException naming what is in the way
   */
  public static InCatalog check(DataSetManifest manifest, String bucket) {
    pairs(manifest);
    cluster(manifest);
    InCatalog input = input(manifest);
    destination(manifest, bucket);
    return input;
  }

  private static void pairs(DataSetManifest manifest) {
    SourceType source = manifest.source().type();
    Format format = manifest.destination().format();
    Set<Format> possible = POSSIBLE.getOrDefault(source, Set.of());
    if (!possible.contains(format)) {
      throw refused(
          new ImpossiblePair(
              List.of(
                  new FieldError(
                      "spec.source.type, spec.destination.format",
                      source.text() + " → " + format.text(),
                      "from " + source.text() + ": " + texts(possible)))));
    }
    var config = manifest.rayJobConfig();
    if (config.distributeOps() == DistributeOps.REPARTITION && config.gpu() > 0) {
      throw refused(
          new ImpossiblePair(
              List.of(
                  new FieldError(
                      "spec.rayJobConfig.distributeOps, spec.rayJobConfig.gpu",
                      "repartition with gpu " + config.gpu(),
                      "repartition only moves rows: gpu 0"))));
    }
  }

  private static void cluster(DataSetManifest manifest) {
    var cluster = manifest.json().path("spec").path("rayClusterConfig");
    if (cluster.isObject() && !cluster.isEmpty()) {
      throw refused(
          new ClusterNotSupportedYet(
              List.of(
                  new FieldError(
                      "spec.rayClusterConfig",
                      cluster.toString(),
                      "empty today: the run goes to the configured cluster"))));
    }
  }

  private static InCatalog input(DataSetManifest manifest) {
    SourceUrl url = manifest.source().url();
    if (!(url instanceof InCatalog input)) {
      throw refused(
          new SourceNotSupportedYet(
              List.of(
                  new FieldError(
                      "spec.source.url",
                      url.text(),
                      "accepted today: sluice://<project>/<dataset>@<v1|latest>[/<glob>]; upload the"
                          + " files into a dataset first"))));
    }
    if (!input.project().equals(manifest.project())) {
      throw refused(
          new SourceNotSupportedYet(
              List.of(
                  new FieldError(
                      "spec.source.url, metadata.namespace",
                      url.text() + " in " + manifest.project(),
                      "a dataset of the run's own project"))));
    }
    return input;
  }

  private static void destination(DataSetManifest manifest, String bucket) {
    var destination = manifest.destination();
    String own = "s3://" + bucket;
    String url = destination.url() == null ? own : destination.url();
    if (destination.type() != DestinationType.S3 || !BUILT.contains(destination.format())) {
      throw refused(
          new DestinationNotSupportedYet(
              List.of(
                  new FieldError(
                      "spec.destination.type, spec.destination.format",
                      destination.type().text() + " with " + destination.format().text(),
                      "accepted today: s3 with parquet, s3 with text"))));
    }
    if (!url.equals(own) && !url.startsWith(own + "/")) {
      throw refused(
          new DestinationNotSupportedYet(
              List.of(
                  new FieldError(
                      "spec.destination.url",
                      url,
                      "accepted today: " + own + "/… (the project's own bucket), or no url"))));
    }
  }

  private static RuntimeException refused(Problem problem) {
    return problem.exception();
  }

  private static String texts(Set<Format> formats) {
    return formats.stream().map(Format::text).reduce((a, b) -> a + ", " + b).orElse("nothing");
  }
}
