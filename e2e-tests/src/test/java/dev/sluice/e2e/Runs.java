package dev.sluice.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** Runs of manifests, and what they gave, as the command line shows it. */
final class Runs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");

  /** Prints the rows of all Parquet files of a folder as one JSON list. */
  private static final String PARQUET =
      """
      import json, pathlib, sys
      import pyarrow.parquet as pq
      files = sorted(pathlib.Path(sys.argv[1]).rglob("*.parquet"))
      print(json.dumps([row for one in files for row in pq.read_table(one).to_pylist()], default=str))
      """;

  private Runs() {}

  /** A manifest whose {@code spec} has these lines. */
  static String manifest(String name, String project, String spec) {
    return """
        apiVersion: core.oneblock.ai/v1alpha1
        kind: DataSet
        metadata: {name: %s, namespace: "%s"}
        spec:
        %s"""
        .formatted(name, project, spec);
  }

  static Path file(String text) {
    try {
      return Files.writeString(Files.createTempFile(Sluice.state(), "manifest", ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run of a manifest at its end, which has to be a good one. */
  static JsonNode succeeded(String project, String manifest) {
    JsonNode run =
        Sluice.run(
                "--project",
                project,
                "process",
                "-f",
                file(manifest).toString(),
                "--wait",
                "-o",
                "json")
            .json();
    if (!run.path("state").asText().equals("succeeded")) {
      throw new AssertionError(run.toPrettyString());
    }
    return run;
  }

  /** Begins a run; the id. */
  static String started(String project, String manifest) {
    return json(project, "process", "-f", file(manifest).toString()).path("id").asText();
  }

  /** The run once it is so. */
  static JsonNode when(String project, String id, Predicate<JsonNode> so) {
    return Awaitility.await("run " + id)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> json(project, "job", "show", id), so);
  }

  static boolean over(JsonNode run) {
    return ENDS.contains(run.path("state").asText());
  }

  /** The deliveries of a run when none is pending any more. */
  static List<JsonNode> deliveries(String project, String id) {
    return Awaitility.await("deliveries of run " + id)
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> list(json(project, "job", "deliveries", id)),
            all ->
                !all.isEmpty()
                    && all.stream().noneMatch(one -> one.path("state").asText().equals("pending")));
  }

  /** The files of a version in a new folder. */
  static Path downloaded(String project, String version) {
    try {
      Path folder = Files.createTempDirectory(Sluice.state(), "version");
      Sluice.run("--project", project, "download", version, "--target", folder.toString()).ok();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a version's Parquet files. */
  static List<JsonNode> rows(String project, String version) {
    try {
      Process python =
          new ProcessBuilder(
                  Sluice.root().resolve(".sluice/python/bin/python").toString(),
                  "-c",
                  PARQUET,
                  downloaded(project, version).toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return list(JSON.readTree(python.getInputStream().readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** What a command that has to succeed prints as JSON. */
  static JsonNode json(String project, String... command) {
    String[] all = new String[command.length + 4];
    all[0] = "--project";
    all[1] = project;
    System.arraycopy(command, 0, all, 2, command.length);
    all[command.length + 2] = "-o";
    all[command.length + 3] = "json";
    return Sluice.run(all).ok().json();
  }
}
