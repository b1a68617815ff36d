package dev.sluice.cli.catalog;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.client.AuditEntry;
import dev.sluice.client.AuditFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who changed what, when and why. */
@Command(
    name = "audit",
    description = "See who changed what, when and why.",
    footer = {
      "",
      "For owners of the project. The newest comes first.",
      "",
      "Examples:",
      "  sluice audit --dataset notes --limit 20",
      "  sluice audit --action version.withdrawn --from 2026-11-01T00:00:00Z"
    })
public final class AuditCommand implements Runnable {
  private static final List<Column<AuditEntry>> COLUMNS =
      List.of(
          Column.of("AT", AuditEntry::at),
          Column.of("WHO", AuditEntry::actor),
          Column.of("ACTION", AuditEntry::action),
          Column.of("WHAT", AuditCommand::what),
          Column.of("DETAILS", AuditCommand::details),
          Column.of("REASON", AuditEntry::reason));

  private final Context context;

  @Option(names = "--action", description = "Only this, for example version.withdrawn.")
  private @Nullable String action;

  @Option(names = "--actor", paramLabel = "USER", description = "Only by this user.")
  private @Nullable String actor;

  @Option(names = "--dataset", description = "Only of this dataset.")
  private @Nullable String dataset;

  @Option(names = "--version-name", paramLabel = "VERSION", description = "Only of this version.")
  private @Nullable String version;

  @Option(names = "--from", paramLabel = "INSTANT", description = "Not before.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "INSTANT", description = "Before.")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "ENTRIES",
      defaultValue = "100",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  /** Needs no more than the context. */
  public AuditCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    AuditFilter filter =
        new AuditFilter(
            action, actor, dataset, version, instant("--from", from), instant("--to", to));
    List<AuditEntry> entries =
        context.client().projects().audit(context.project(), filter).limit(limit).toList();
    context.output().list(entries, COLUMNS);
  }

  private static @Nullable Instant instant(String option, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new CliException(
          option + " must be an instant such as 2026-11-22T12:00:00Z, not " + text, e);
    }
  }

  private static @Nullable Object what(AuditEntry entry) {
    if (entry.dataset() == null) {
      return entry.object();
    }
    String name =
        entry.version() == null ? entry.dataset() : entry.dataset() + "@" + entry.version();
    return entry.object() == null ? name : name + " " + entry.object();
  }

  private static @Nullable Object details(AuditEntry entry) {
    return entry.details() == null
        ? null
        : entry.details().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }
}
