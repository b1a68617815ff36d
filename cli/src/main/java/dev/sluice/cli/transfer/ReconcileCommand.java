package dev.sluice.cli.transfer;

import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Reconciliation;
import dev.sluice.client.Reconciliation.Found;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares store, ledger and catalog. */
@Command(
    name = "reconcile",
    description = "Find what has no owner in the project's store and throw it away.",
    footer = {
      "",
      "For owners, after a crash or a restore: parts and objects that nobody knows are",
      "deleted once they are old enough, and files that the catalog missed are told",
      "to it again. It runs by itself, too.",
      "",
      "Examples:",
      "  sluice reconcile --dry-run     only say what there is",
      "  sluice --project wiki reconcile"
    })
public final class ReconcileCommand implements Callable<Integer> {

  /** One kind of things. */
  private record Row(String what, Found found) {}

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.of("WHAT", Row::what),
          Column.number("SEEN", row -> Texts.count(row.found().seen())),
          Column.number("WITHOUT OWNER", row -> Texts.count(row.found().orphans())),
          Column.of("FOR EXAMPLE", row -> row.found().names().stream().findFirst().orElse("")));

  private final Context context;

  @Option(names = "--dry-run", description = "Change nothing.")
  private boolean dryRun;

  /** Needs no more than the context. */
  public ReconcileCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Reconciliation result = context.client().uploads().reconcile(context.project(), dryRun);
    if (context.output().json()) {
      context.output().printJson(result);
    } else {
      context
          .output()
          .list(
              List.of(
                  new Row("multipart uploads", result.multipartUploads()),
                  new Row("staged objects", result.stagedObjects()),
                  new Row("objects", result.objects()),
                  new Row("files told again", result.factsSaidAgain())),
              COLUMNS);
    }
    return 0;
  }
}
