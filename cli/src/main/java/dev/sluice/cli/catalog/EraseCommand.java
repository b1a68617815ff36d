package dev.sluice.cli.catalog;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.client.Erasure;
import dev.sluice.client.ErasureClient;
import dev.sluice.client.VersionRef;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases the bytes of a file for good. */
@Command(
    name = "erase",
    description = "Erase the bytes of a file from all versions, for good.",
    footer = {
      "",
      "Every object of the project with that content goes, whatever its name; the",
      "manifests keep their entries. Vectors of its text go too.",
      "",
      "Examples:",
      "  sluice erase notes@v3 people/ada.md --reason \"request 17\" --yes",
      "  sluice erase --sha256 9f86d0… --reason \"request 17\" --block --yes"
    })
public final class EraseCommand implements Runnable {
  private static final List<Column<Erasure>> PROPERTIES =
      List.of(
          Column.of("SHA-256", Erasure::sha256),
          Column.of("Blocked", Erasure::block),
          Column.of("Reason", Erasure::reason),
          Column.of("Erased by", Erasure::erasedBy),
          Column.of("Erased", Erasure::erasedAt));

  private final Context context;

  @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET")
  private @Nullable String dataset;

  @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION")
  private @Nullable String version;

  @Parameters(index = "2", arity = "0..1", paramLabel = "PATH")
  private @Nullable String path;

  @Option(names = "--sha256", description = "The content, instead of a file that has it.")
  private @Nullable String sha256;

  @Option(names = "--reason", required = true, description = "Why; kept with your name.")
  private String reason = "";

  @Option(names = "--block", description = "Refuse the content from now on.")
  private boolean block;

  @Option(names = "--yes", description = "Needed: there is no way back.")
  private boolean yes;

  /** Needs no more than the context. */
  public EraseCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    if (!yes) {
      throw new CliException("this erases bytes for good: add --yes");
    }
    ErasureClient erasures = context.client().erasures(context.project());
    Erasure erased;
    if (sha256 != null && dataset == null) {
      erased = erasures.content(sha256, reason, block);
    } else if (sha256 == null && dataset != null && version != null && path != null) {
      erased = erasures.file(new VersionRef(dataset, version), path, reason, block);
    } else {
      throw new CliException("name a file as DATASET@VERSION PATH, or a content by --sha256");
    }
    context.output().one(erased, PROPERTIES);
  }
}
