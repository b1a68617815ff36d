package dev.sluice.cli.catalog;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.client.GarbageClient;
import dev.sluice.client.GarbageCollection;
import dev.sluice.client.GarbageCollection.Amount;
import dev.sluice.client.GarbageCollection.Findings;
import dev.sluice.client.Pause;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Throws away what no version of a project reaches. */
@Command(
    name = "gc",
    description = "Throw away what no version of the project reaches.",
    footer = {
      "",
      "An object that no file points at is doomed first and goes a grace period",
      "later (24 hours), so a first collection frees nothing yet. The service",
      "collects by itself every 6 hours.",
      "",
      "Examples:",
      "  sluice gc --dry-run",
      "  sluice gc --project research"
    })
public final class GarbageCommand implements Runnable {
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private static final List<Column<GarbageCollection>> PROPERTIES =
      List.of(
          Column.of("Id", GarbageCollection::id),
          Column.of("Dry run", GarbageCollection::dryRun),
          Column.of("State", GarbageCollection::state),
          amount("Objects doomed", f -> f.objects().doomed()),
          amount("Objects spared", f -> f.objects().spared()),
          amount("Objects deleted", f -> f.objects().deleted()),
          amount("Nodes deleted", Findings::nodesDeleted),
          Column.of("Nodes in use", c -> of(c, Findings::nodesReached)),
          Column.of("Draft rows deleted", c -> of(c, Findings::draftRowsDeleted)),
          Column.of("Reason", GarbageCollection::reason));

  private final Context context;

  @Option(names = "--dry-run", description = "Only count what would go.")
  private boolean dryRun;

  /** Needs no more than the context. */
  public GarbageCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    GarbageClient garbage = context.client().garbage(context.project());
    GarbageCollection now = garbage.start(dryRun);
    while (now.running()) {
      Pause.of(BETWEEN);
      now = garbage.get(now.id());
    }
    context.output().one(now, PROPERTIES);
    if (!now.state().equals("done")) {
      throw new CliException("the collection failed: " + now.reason());
    }
  }

  private static Column<GarbageCollection> amount(String title, Function<Findings, Amount> part) {
    return Column.of(
        title,
        c -> {
          Amount amount = of(c, part);
          return amount == null ? null : amount.count() + " (" + amount.bytes() + " bytes)";
        });
  }

  private static <T> @Nullable T of(GarbageCollection collection, Function<Findings, T> part) {
    Findings findings = collection.findings();
    return findings == null ? null : part.apply(findings);
  }
}
