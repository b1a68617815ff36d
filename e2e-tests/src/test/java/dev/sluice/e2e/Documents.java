package dev.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Small projects to test with. */
final class Documents {
  static final String HANDBOOK = "handbook";

  private Documents() {}

  /** A new project of the development owner. */
  static String project() {
    String name = "p" + UUID.randomUUID().toString().substring(0, 8);
    Sluice.run("project", "create", name).ok();
    return name;
  }

  /** A sealed {@code handbook@v1} of two small documents. */
  static void sealedHandbook(String project) {
    try {
      Path folder = Files.createTempDirectory(Sluice.state(), "handbook");
      Files.writeString(folder.resolve("tokens.md"), "# Tokens\n\nRotate a token every month.\n");
      Files.writeString(folder.resolve("billing.md"), "# Billing\n\nInvoices come in May.\n");
      Sluice.run("--project", project, "dataset", "create", HANDBOOK, "--type", "text").ok();
      Sluice.run("--project", project, "upload", HANDBOOK, folder.toString(), "--seal").ok();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run over a sealed handbook that succeeded; returns its output dataset. */
  static String processedHandbook(String project) {
    sealedHandbook(project);
    String output = HANDBOOK + "-chunks";
    Path manifest = manifest(project, output, "python -m sluice.runner");
    Sluice.run("--project", project, "process", "-f", manifest.toString(), "--wait").ok();
    return output;
  }

  /** A manifest over {@code handbook@v1}, as a file. */
  static Path manifest(String project, String output, String entrypoint) {
    try {
      Path file = Files.createTempFile(Sluice.state(), "manifest", ".yaml");
      return Files.writeString(
          file,
          """
          apiVersion: core.oneblock.ai/v1alpha1
          kind: DataSet
          metadata:
            name: %s
            namespace: %s
          spec:
            source:
              type: text
              url: sluice://%s/%s@v1
            destination:
              type: s3
              format: parquet
            entrypoint: %s
            image:
              name: oneblockai/ray-data:main-head
              pullPolicy: IfNotPresent
            rayJobConfig:
              distributeOps: "map"
              parallelism: 1
              gpu: 0
              batch_size: 100
              scheduling: "DEFAULT"
          """
              .formatted(output, project, project, HANDBOOK, entrypoint));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
