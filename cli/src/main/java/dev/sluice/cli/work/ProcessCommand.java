package dev.sluice.cli.work;

import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.client.Run;
import dev.sluice.client.RunClient;
import dev.sluice.client.RunState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a run of a manifest. */
@Command(
    name = "process",
    description = "Run a DataSet manifest on Ray.",
    footer = {
      "",
      "The manifest says what is read (a version), how it is processed and where the",
      "result goes: a new version of the dataset that the manifest names.",
      "",
      "Examples:",
      "  sluice process -f dataset.yaml --wait",
      "  cat dataset.yaml | sluice process -f -",
      "  sluice process -f dataset.yaml --dry-run --rows 50",
      "",
      "A manifest:",
      "  apiVersion: core.oneblock.ai/v1alpha1",
      "  kind: DataSet",
      "  metadata: {name: notes-chunks, namespace: demo}",
      "  spec:",
      "    source: {type: text, url: sluice://demo/notes@v1}",
      "    destination: {type: s3, format: parquet}",
      "    entrypoint: python -m sluice.runner"
    })
public final class ProcessCommand implements Callable<Integer> {

  private final Context context;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "MANIFEST",
      required = true,
      description = "YAML file, or - for standard input.")
  private String file = "";

  @Option(names = "--wait", description = "Follow the run to its end.")
  private boolean wait;

  @Option(
      names = "--dry-run",
      description = "Only show on the first rows what the run would do; makes no version.")
  private boolean dryRun;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20",
      description = "Rows that a dry run looks at, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int rows;

  /** Needs no more than the context. */
  public ProcessCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    RunClient runs = context.client().runs();
    Run run = dryRun ? runs.dryRun(manifest(), rows) : runs.start(manifest());
    if (wait || dryRun) {
      run = new RunFollower(runs, context.output()).follow(run);
    }
    context.output().one(run, RunColumns.ONE);
    if (run.sample() != null && !context.output().json()) {
      context.output().print(run.sample().toPrettyString() + "\n");
    }
    boolean bad = run.state() == RunState.FAILED || run.state() == RunState.CANCELLED;
    if (bad && run.logTail() != null) {
      context.output().say(run.logTail());
    }
    return bad ? ExitCode.FAILED : ExitCode.OK;
  }

  private String manifest() throws IOException {
    return file.equals("-")
        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
        : Files.readString(Path.of(file));
  }
}
