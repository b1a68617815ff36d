package dev.sluice.processing.manifest;

import dev.sluice.processing.manifest.DataSetManifest.Destination;
import dev.sluice.processing.manifest.ManifestProblem.ImpossiblePair;
import dev.sluice.processing.manifest.ManifestProblem.OtherProject;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.support.problem.FieldError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What fields that are fine alone must keep to together. */
public final class ManifestRules {
  private static final Map<SourceType, Set<Format>> POSSIBLE =
      Map.of(
          SourceType.CSV, EnumSet.of(Format.PARQUET, Format.CSV, Format.TEXT, Format.TFRECORDS),
          SourceType.PARQUET, EnumSet.allOf(Format.class),
          SourceType.TEXT, EnumSet.of(Format.PARQUET, Format.TEXT, Format.CSV, Format.TFRECORDS),
          SourceType.IMAGE,
              EnumSet.of(Format.PARQUET, Format.IMAGE, Format.BINARY, Format.TFRECORDS),
          SourceType.BINARY, EnumSet.of(Format.PARQUET, Format.BINARY, Format.TFRECORDS),
          SourceType.TFRECORDS, EnumSet.allOf(Format.class));
  private static final Set<SourceType> TABLES =
      EnumSet.of(SourceType.CSV, SourceType.PARQUET, SourceType.TFRECORDS);

  private static final String MAKES_IMAGES = "video_frames";

  private ManifestRules() {}

  /**
   * Refuses a manifest that cannot run.
   *
   * @throws dev.sluice.support.problem.ProblemException naming all that is in the way
   */
  public static void check(DataSetManifest manifest) {
    List<FieldError> pairs = pairs(manifest);
    if (!pairs.isEmpty()) {
      throw new ImpossiblePair(pairs).exception();
    }
    List<FieldError> strangers = strangers(manifest);
    if (!strangers.isEmpty()) {
      throw new OtherProject(strangers).exception();
    }
  }

  private static List<FieldError> pairs(DataSetManifest manifest) {
    List<FieldError> errors = new ArrayList<>();
    formats(manifest, errors);
    SourceType source = manifest.source().type();
    Set<Format> possible = possible(manifest);
    if (!possible.contains(manifest.format())) {
      errors.add(
          new FieldError(
              "spec.source.type, " + formatField(manifest),
              source.text() + " → " + manifest.format().text(),
              "from " + source.text() + ": " + texts(possible)));
    }
    programs(manifest, errors);
    if (manifest.source().keyColumn() != null && !TABLES.contains(source)) {
      errors.add(
          new FieldError(
              "spec.source.type, spec.source.keyColumn",
              source.text() + " with keyColumn " + manifest.source().keyColumn(),
              "a key column of csv, parquet, tfrecords"));
    }
    boolean outside = manifest.source().url() instanceof SourceUrl.Outside;
    if (manifest.source().secretRef() != null && !outside) {
      errors.add(
          new FieldError(
              "spec.source.url, spec.source.secretRef",
              manifest.source().url().text(),
              "a secret for a source outside of Sluice alone"));
    }
    return errors;
  }

  private static Set<Format> possible(DataSetManifest manifest) {
    Set<Format> possible = Objects.requireNonNull(POSSIBLE.get(manifest.source().type()));
    if (manifest.operators().stream().noneMatch(one -> one.name().equals(MAKES_IMAGES))) {
      return possible;
    }
    Set<Format> withImages = EnumSet.copyOf(possible);
    withImages.add(Format.IMAGE);
    return withImages;
  }

  /** One run makes one version: one format, one dataset, and rows for a collection as Parquet. */
  private static void formats(DataSetManifest manifest, List<FieldError> errors) {
    Format format = manifest.format();
    for (Destination one : manifest.destinations()) {
      String field = manifest.fieldOf(one);
      if (one.format() != null && one.format() != format) {
        errors.add(
            new FieldError(
                field + ".format",
                one.format().text(),
                "the one format of all destinations, here " + format.text()));
      }
      if (one.type() == DestinationType.QDRANT && format != Format.PARQUET) {
        errors.add(
            new FieldError(
                field + ".type, " + formatField(manifest),
                "qdrant with " + format.text(),
                "points are made from parquet"));
      }
      boolean otherDataset =
          one.type() == DestinationType.DATASET
              && one.url() != null
              && !one.url().endsWith("/" + manifest.outputDataset());
      if (otherDataset) {
        errors.add(
            new FieldError(
                field + ".url",
                one.url(),
                "one dataset for a run's version, here " + manifest.outputDataset()));
      }
    }
  }

  private static void programs(DataSetManifest manifest, List<FieldError> errors) {
    if (manifest.entrypoint() != null && !manifest.operators().isEmpty()) {
      errors.add(
          new FieldError(
              "spec.entrypoint, spec.operators",
              "entrypoint with " + manifest.operators().size() + " operators",
              "operators are steps of Sluice's own program: either of the two"));
    }
    if (manifest.entrypoint() == null && manifest.workingDir() != null) {
      errors.add(
          new FieldError(
              "spec.workingDir, spec.entrypoint",
              manifest.workingDir().text(),
              "a working directory with an entrypoint"));
    }
    var config = manifest.rayJobConfig();
    if (config.distributeOps() == DistributeOps.REPARTITION && config.gpu() > 0) {
      errors.add(
          new FieldError(
              "spec.rayJobConfig.distributeOps, spec.rayJobConfig.gpu",
              "repartition with gpu " + config.gpu(),
              "repartition only moves rows: gpu 0"));
    }
  }

  private static List<FieldError> strangers(DataSetManifest manifest) {
    List<FieldError> errors = new ArrayList<>();
    if (manifest.source().url() instanceof InCatalog input) {
      own(manifest, "spec.source.url", input.project(), input.text(), errors);
    }
    InCatalog folder = manifest.workingDir();
    if (folder != null) {
      own(manifest, "spec.workingDir", folder.project(), folder.text(), errors);
    }
    for (Destination one : manifest.destinations()) {
      String url = one.url();
      if (one.type() == DestinationType.DATASET && url != null) {
        String project = url.substring(one.type().scheme().length(), url.lastIndexOf('/'));
        own(manifest, manifest.fieldOf(one) + ".url", project, url, errors);
      }
    }
    return errors;
  }

  private static void own(
      DataSetManifest manifest, String field, String project, String url, List<FieldError> errors) {
    if (!project.equals(manifest.project())) {
      errors.add(
          new FieldError(
              field + ", metadata.namespace",
              url + " in " + manifest.project(),
              "a dataset of the run's own project"));
    }
  }

  private static String formatField(DataSetManifest manifest) {
    return manifest.destinations().stream()
        .filter(one -> one.format() != null)
        .findFirst()
        .map(one -> manifest.fieldOf(one) + ".format")
        .orElse("spec.destination.format");
  }

  private static String texts(Set<Format> formats) {
    return formats.stream().map(Format::text).reduce((a, b) -> a + ", " + b).orElse("");
  }
}
