package dev.sluice.cli.transfer;

import dev.sluice.cli.Context;
import dev.sluice.client.Import;
import dev.sluice.client.ImportClient;
import dev.sluice.client.ImportState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports: list, look, stop, try again. */
@Command(
    name = "imports",
    description = "List, follow, stop and retry imports.",
    footer = {
      "",
      "Examples:",
      "  sluice imports list --state failed",
      "  sluice imports show 01a2…",
      "  sluice imports retry 01a2…"
    })
public final class ImportsCommand {

  private final Context context;

  /** Needs no more than the context. */
  public ImportsCommand(Context context) {
    this.context = context;
  }

  @Command(description = "The imports of the project, oldest first.")
  void list(
      @Option(names = "--dataset", description = "Only of this dataset.") @Nullable String dataset,
      @Option(names = "--state", description = "Only in this state.") @Nullable ImportState state) {
    context
        .output()
        .list(imports().list(context.project(), dataset, state).toList(), ImportColumns.LIST);
  }

  @Command(description = "One import and its files; with --wait its end decides the exit code.")
  int show(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--wait", description = "Follow it to its end first.") boolean wait) {
    Import found = imports().get(id);
    if (wait) {
      found = new ImportFollower(imports(), context.output()).follow(found);
    }
    int code = ImportCommand.print(context, imports(), found);
    return wait ? code : CommandLine.ExitCode.OK;
  }

  @Command(description = "Stop an import; its draft is dropped.")
  void cancel(@Parameters(paramLabel = "ID") String id) {
    context.output().one(imports().cancel(id), ImportColumns.ONE);
  }

  @Command(description = "Go on with an import that failed.")
  void retry(@Parameters(paramLabel = "ID") String id) {
    context.output().one(imports().retry(id), ImportColumns.ONE);
  }

  private ImportClient imports() {
    return context.client().imports();
  }
}
