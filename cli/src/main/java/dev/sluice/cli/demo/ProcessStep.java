package dev.sluice.cli.demo;

import dev.sluice.cli.CliException;
import dev.sluice.cli.output.Texts;
import dev.sluice.cli.work.RunFollower;
import dev.sluice.client.FileEntry;
import dev.sluice.client.ManifestLines;
import dev.sluice.client.Pause;
import dev.sluice.client.Run;
import dev.sluice.client.RunState;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import dev.sluice.client.VersionRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Steps 4 and 5: a run on Ray, and the version that it made. */
final class ProcessStep {

  private static final Duration SEAL_PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final SluiceClient client;
  private final Journal journal;
  private final String project;

  ProcessStep(SluiceClient client, Journal journal, String project) {
    this.client = client;
    this.journal = journal;
    this.project = project;
  }

  Run run(Version input) throws IOException {
    String bucket = client.projects().get(project).bucket();
    String manifest = manifest(project, input.version(), Objects.toString(bucket, "sluice-demo"));
    manifest.lines().forEach(line -> journal.say("  " + line));
    journal.say(
        "(filter drops chunks whose text an earlier one has: the joined text repeats the pages)");
    Run run =
        new RunFollower(client.runs(), journal.output()).follow(client.runs().start(manifest));
    if (run.state() != RunState.SUCCEEDED) {
      throw new CliException(
          "the run "
              + Texts.of(run.state())
              + ": "
              + run.reason()
              + "\n"
              + Objects.toString(run.logTail(), ""));
    }
    journal.figure("rows", Objects.requireNonNullElse(run.rows(), 0L));
    return run;
  }

  /** The version that the run made; compares it with the run and with its input. */
  Version output(Run run, Version input) {
    VersionRef output = run.output();
    String number = output == null ? null : output.version();
    if (number == null) {
      throw new CliException("the run succeeded without naming its version");
    }
    VersionClient versions = client.versions(project, Demo.OUTPUT);
    Version version = sealed(versions, number);
    List<FileEntry> files = files(versions, number);
    long rows = files.stream().mapToLong(file -> Objects.requireNonNullElse(file.rows(), 0L)).sum();
    String cameFrom = Demo.INPUT + "@" + input.version();
    journal.say(Demo.OUTPUT + "@" + number + ": " + files.size() + " Parquet files");
    journal.check(Check.equal("state", "sealed", Texts.of(version.state())));
    journal.check(Check.equal("rows in the manifest = rows of the run", run.rows(), rows));
    journal.check(Check.that("there are rows", rows > 0, Texts.count(rows)));
    journal.check(Check.equal("made from", cameFrom, Texts.of(version.inputs())));
    journal.check(Check.equal("made by run", run.id(), madeBy(version)));
    journal.check(
        Check.that(
            "lineage names the input",
            versions.lineage(number).toString().contains(Demo.INPUT),
            cameFrom));
    journal.figure("parquetBytes", version.bytes());
    return version;
  }

  /** The catalog hears of the run's end by event: a moment after the run says so. */
  private static Version sealed(VersionClient versions, String number) {
    Instant end = Instant.now().plus(SEAL_PATIENCE);
    while (true) {
      Version version = versions.get(number);
      if (!version.open() || Instant.now().isAfter(end)) {
        return version;
      }
      Pause.of(BETWEEN);
    }
  }

  /** The manifest that is shipped, about this project, version and bucket. */
  static String manifest(String project, String version, String bucket) throws IOException {
    try (InputStream in = ProcessStep.class.getResourceAsStream("/demo/dataset.yaml")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.replace("namespace: demo", "namespace: " + project)
          .replace("sluice://demo/", "sluice://" + project + "/")
          .replace("handbook@v1", "handbook@" + version)
          .replace("s3://sluice-demo/", "s3://" + bucket + "/");
    }
  }

  private static String madeBy(Version version) {
    return version.producedBy() == null ? "nobody" : "" + version.producedBy().runId();
  }

  private static List<FileEntry> files(VersionClient versions, String version) {
    try (ManifestLines manifest = versions.manifest(version)) {
      return manifest.files().toList();
    }
  }
}
