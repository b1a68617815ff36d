package dev.sluice.cli.transfer;

import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.client.Import;
import dev.sluice.client.ImportClient;
import dev.sluice.client.ImportState;
import dev.sluice.client.NewImport;
import dev.sluice.client.NewImport.Source;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files of other places into a new version. */
@Command(
    name = "import",
    description = "Import files from HTTP, S3, NFS or a path of the server.",
    footer = {
      "",
      "The service brings the files; only what changed since the last time. When",
      "nothing did, no version is made. A dataset that does not exist is made.",
      "",
      "Examples:",
      "  sluice import notes https://example.org/notes.zip --expand",
      "  sluice import corpus s3://bucket/2026 --credentials corpus --glob '*.csv'",
      "  sluice import notes https://example.org/a.md --every 6h --no-wait"
    })
public final class ImportCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "DATASET", description = "Made when it does not exist.")
  private String dataset = "";

  @Parameters(index = "1..*", paramLabel = "URL", arity = "1..*", description = "Where from.")
  private List<String> urls = List.of();

  @Option(names = "--every", paramLabel = "PERIOD", description = "Again and again, such as 6h.")
  private @Nullable String every;

  @Option(names = "--expand", description = "Take zip, tar, gz and zst apart.")
  private boolean expand;

  @Option(names = "--prefix", description = "Put before every path in the version.")
  private @Nullable String prefix;

  @Option(names = "--credentials", paramLabel = "NAME", description = "Configured credentials.")
  private @Nullable String credentials;

  @Option(names = "--glob", paramLabel = "PATTERN", description = "Which files of a listing.")
  private @Nullable String glob;

  @Option(names = "--type", paramLabel = "TYPE", description = "Data type of a new dataset.")
  private @Nullable String type;

  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Follow it to its end, which is the default.")
  private boolean wait = true;

  /** Needs no more than the context. */
  public ImportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ImportClient imports = context.client().imports();
    List<Source> sources = urls.stream().map(url -> new Source(url, credentials, glob)).toList();
    Import started =
        imports.request(
            new NewImport(context.project(), dataset, type, sources, prefix, expand, every));
    if (!wait) {
      context.output().one(started, ImportColumns.ONE);
      return ExitCode.OK;
    }
    Import ended = new ImportFollower(imports, context.output()).follow(started);
    return print(context, imports, ended);
  }

  /** The import, and beside it what became of its files. */
  static int print(Context context, ImportClient imports, Import ended) {
    context.output().one(ended, ImportColumns.ONE);
    if (!context.output().json()) {
      context
          .output()
          .list(
              imports
                  .files(ended.id(), null)
                  .filter(file -> !file.state().equals("unchanged"))
                  .toList(),
              ImportColumns.FILES);
    }
    boolean well = ended.state() == ImportState.SUCCEEDED || ended.state() == ImportState.UNCHANGED;
    return well ? ExitCode.OK : ExitCode.FAILED;
  }
}
