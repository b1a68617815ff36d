package dev.sluice.processing.manifest;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Manifests for tests. */
public final class Manifests {
  /** The seed's own example, unchanged. */
  public static final String SEED =
      """
      apiVersion: core.oneblock.ai/v1alpha1
      kind: DataSet
      metadata:
        name: pdf-data-sample
        namespace: default
      spec:
        source:
          type: text # options are csv, parquet, image, text, binary, tfrecords
          url: https://oneblock.ai/sample.pdf
        destination:
          type: s3 # options are local or cloud storage, nfs
          format: parquet # options are parquet, image, text, binary, tfrecords
          url: s3://oneblock-ai/dataset
        entrypoint: python /home/ray/samples/sample_code.py
        image:
          name: oneblockai/ray-data:main-head
          pullPolicy: Always
        rayJobConfig:
          distributeOps: "map" # options are map, filter, repartition
          parallelism: 2
          gpu: 0
          batch_size: 100
          scheduling: "DEFAULT" # support DEFAULT or SPREAD
        rayClusterConfig:
      """;

  private Manifests() {}

  /** A manifest like the seed's with other fields in the place of its empty last one. */
  public static String with(String manifest, String... fields) {
    return manifest.replace(
        "  rayClusterConfig:\n",
        Arrays.stream(fields).map(field -> "  " + field + "\n").collect(Collectors.joining()));
  }

  /** A manifest like the seed's with a list of destinations. */
  public static String deliveredTo(String manifest, String... destinations) {
    int from = manifest.indexOf("  destination:");
    return manifest.substring(0, from)
        + "  destinations:\n"
        + Arrays.stream(destinations).map(d -> "    " + d + "\n").collect(Collectors.joining())
        + manifest.substring(manifest.indexOf("  entrypoint:"));
  }

  /** A manifest that this release runs. */
  public static String runnable(String project) {
    return SEED.replace("namespace: default", "namespace: " + project)
        .replace("name: pdf-data-sample", "name: chunks")
        .replace("https://oneblock.ai/sample.pdf", "sluice://" + project + "/docs@v1/**/*.txt")
        .replace("    url: s3://oneblock-ai/dataset\n", "")
        .replace("python /home/ray/samples/sample_code.py", "python -m sluice.runner");
  }

  /** The same with one more line of its spec. */
  public static String runnable(String project, String line) {
    return runnable(project).replace("spec:\n", "spec:\n  " + line + "\n");
  }
}
