package dev.sluice.cli.transfer;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.catalog.Seal;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SealRequest;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import dev.sluice.client.upload.LocalFiles;
import dev.sluice.client.upload.UploadEngine;
import dev.sluice.client.upload.UploadReport;
import dev.sluice.client.upload.UploadResult;
import dev.sluice.client.upload.UploadTarget;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files and folders into a draft. */
@Command(
    name = "upload",
    description = "Upload files and folders into a dataset's draft.",
    footer = {
      "",
      "A folder keeps its name (docs gives docs/a.md), with a slash at its end it",
      "does not. Interrupted uploads go on where they stopped: type the same again.",
      "Files of a type that does not belong are ignored and listed. Hidden files",
      "stay here.",
      "",
      "Examples:",
      "  sluice upload notes ./docs                 into the open draft (or a new one)",
      "  sluice upload notes ./docs/ --seal         and make the version final",
      "  sluice upload notes a.md b.md --prefix inbox"
    })
public final class UploadCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "DATASET", description = "Must exist.")
  private String dataset = "";

  @Parameters(index = "1..*", paramLabel = "PATH", arity = "1..*", description = "Files, folders.")
  private List<String> paths = List.of();

  @Option(names = "--version-name", paramLabel = "VERSION", description = "The draft to fill.")
  private @Nullable String version;

  @Option(names = "--prefix", description = "Put before every path in the version.")
  private String prefix = "";

  @Option(names = "--seal", description = "Make the version final when all files are in it.")
  private boolean seal;

  /** Needs no more than the context. */
  public UploadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LocalFiles files = LocalFiles.below(paths, prefix);
    if (files.files().isEmpty()) {
      throw new CliException("there is no file to upload below " + String.join(", ", paths));
    }
    try (SluiceClient client = context.newClient(RetryPolicy.STANDARD)) {
      VersionClient versions = client.versions(context.project(), dataset);
      Version draft = version == null ? Draft.of(versions) : versions.get(version);
      Instant begin = Instant.now();
      UploadReport report = upload(client, draft, files);
      Version now =
          seal && failed(report) == 0
              ? sealed(versions, draft, report)
              : versions.get(draft.version());
      print(UploadSummary.of(now, files, report, Duration.between(begin, Instant.now())));
      return failed(report) == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private UploadReport upload(SluiceClient client, Version draft, LocalFiles files)
      throws IOException, InterruptedException {
    UploadTarget target = new UploadTarget(context.project(), dataset, draft.version());
    try (UploadProgressBar bar =
        new UploadProgressBar(context.output(), files.files().size(), files.bytes())) {
      return UploadEngine.into(client, target).with(bar).upload(files.files());
    }
  }

  /** Expects what was uploaded now beside what the draft had before. */
  private Version sealed(VersionClient versions, Version draft, UploadReport report) {
    Set<String> ours =
        report.present().stream().map(outcome -> outcome.file().path()).collect(Collectors.toSet());
    long others =
        versions.files(draft.version()).filter(file -> !ours.contains(file.path())).count();
    SealRequest expected = new SealRequest(others + ours.size(), null);
    return new Seal(versions, Duration.ofMinutes(5), context.output()::say)
        .of(draft.version(), expected);
  }

  private static int failed(UploadReport report) {
    return report.with(UploadResult.FAILED).size();
  }

  private void print(UploadSummary summary) {
    if (context.output().json()) {
      context.output().printJson(summary);
    } else {
      context.output().print(UploadTable.of(summary));
    }
  }
}
