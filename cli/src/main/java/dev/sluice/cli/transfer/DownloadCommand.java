package dev.sluice.cli.transfer;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.client.FileSelection;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.download.DownloadEngine;
import dev.sluice.client.download.DownloadFolder;
import dev.sluice.client.download.DownloadOptions;
import dev.sluice.client.download.DownloadReport;
import dev.sluice.client.download.DownloadResult;
import dev.sluice.client.download.DownloadSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A version's files onto this disk. */
@Command(
    name = "download",
    description = "Download the files of a version and check every checksum.",
    footer = {
      "",
      "An alias or a tag is a version too. Globs: * within a folder, ** anything, ?",
      "one character. Interrupted downloads go on where they stopped: type the same",
      "again. A file has its name only when it is whole and its SHA-256 is right.",
      "",
      "Examples:",
      "  sluice download notes                      the newest sealed version",
      "  sluice download notes@v3 'docs/**/*.md' --target ./out",
      "  sluice download notes@prod --dry-run       what would come"
    })
public final class DownloadCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "DATASET")
  private String dataset = "";

  @Parameters(
      index = "1..*",
      paramLabel = "[VERSION] [GLOB...]",
      hideParamSyntax = true,
      arity = "0..*")
  private @Nullable List<String> words;

  @Option(names = "--prefix", description = "Only paths that start with it.")
  private @Nullable String prefix;

  @Option(
      names = {"--target", "--to"},
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where files go (default: here).")
  private Path folder = Path.of(".");

  @Option(
      names = "--parallel",
      paramLabel = "FILES",
      defaultValue = "16",
      description = "Files at once (default: ${DEFAULT-VALUE}).")
  private int parallel = 16;

  @Option(names = "--dry-run", description = "Only say what would come.")
  private boolean dryRun;

  /** Needs no more than the context. */
  public DownloadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (parallel < 1 || parallel > 256) {
      throw new CliException("--parallel must be 1 to 256, not " + parallel);
    }
    DownloadSource source = source();
    DownloadOptions options = DownloadOptions.STANDARD.parallel(parallel);
    DownloadReport report = download(source, dryRun ? options.dry() : options);
    if (report.total().files() == 0 && !source.selection().everything()) {
      throw new CliException("no file of " + dataset + "@" + report.version() + " matches");
    }
    DownloadSummary summary = DownloadSummary.of(dataset, report, folder);
    if (context.output().json()) {
      context.output().printJson(summary);
    } else {
      context.output().print(DownloadTable.of(summary));
    }
    return report.of(DownloadResult.FAILED).files() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private DownloadReport download(DownloadSource source, DownloadOptions options)
      throws IOException, InterruptedException {
    try (SluiceClient client = context.newClient(RetryPolicy.STANDARD);
        DownloadProgressBar bar = new DownloadProgressBar(context.output())) {
      return DownloadEngine.from(client, source)
          .with(options)
          .with(bar)
          .download(DownloadFolder.at(folder));
    }
  }

  /** The first word is a version unless it can only be a glob. */
  private DownloadSource source() {
    List<String> globs = new ArrayList<>(words == null ? List.of() : words);
    boolean named =
        !globs.isEmpty() && globs.getFirst().chars().noneMatch(c -> "*?/".indexOf(c) >= 0);
    String version = named ? globs.removeFirst() : "latest";
    return new DownloadSource(
        context.project(), dataset, version, new FileSelection(globs, prefix));
  }
}
