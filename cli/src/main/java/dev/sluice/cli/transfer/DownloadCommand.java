package dev.sluice.cli.transfer;

import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.output.Progress;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.FileEntry;
import dev.sluice.client.VersionClient;
import java.io.IOException;
import java.nio.file.Path;
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
      "Examples:",
      "  sluice download notes                      the newest sealed version",
      "  sluice download notes v1 --prefix docs/ --to ./out"
    })
public final class DownloadCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "DATASET")
  private String dataset = "";

  @Parameters(index = "1", paramLabel = "VERSION", arity = "0..1", defaultValue = "latest")
  private String version = "latest";

  @Option(names = "--prefix", description = "Only paths that start with it.")
  private @Nullable String prefix;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where files go (default: here).")
  private Path folder = Path.of(".");

  /** Needs no more than the context. */
  public DownloadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    VersionClient versions = context.client().versions(context.project(), dataset);
    List<FileEntry> files = versions.files(version, prefix).toList();
    long total = files.stream().mapToLong(FileEntry::size).sum();
    Download download = new Download(context.client(), versions, version);
    long done = 0;
    try (Progress progress = new Progress(context.output(), "download")) {
      for (FileEntry file : files) {
        download.to(folder, file);
        done += file.size();
        progress.at(done, total, file.path());
      }
    }
    context.output().say(files.size() + " files, " + Texts.bytes(total) + ", all as promised.");
    return ExitCode.OK;
  }
}
