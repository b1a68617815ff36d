package dev.sluice.cli.transfer;

import dev.sluice.cli.Context;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is imported again and again. */
@Command(
    name = "schedule",
    description = "List and end what is imported again and again.",
    footer = {
      "",
      "sluice import … --every 6h makes a schedule.",
      "",
      "Examples:",
      "  sluice schedule list",
      "  sluice schedule delete 01a2…"
    })
public final class ImportScheduleCommand {

  private final Context context;

  /** Needs no more than the context. */
  public ImportScheduleCommand(Context context) {
    this.context = context;
  }

  @Command(description = "The schedules of the project.")
  void list() {
    context
        .output()
        .list(
            context.client().imports().schedules(context.project()).toList(),
            ImportColumns.SCHEDULES);
  }

  @Command(description = "Import it no more; an import that runs goes on.")
  void delete(@Parameters(paramLabel = "ID") String id) {
    context.client().imports().deleteSchedule(id);
    context.output().say("Schedule " + id + " is deleted.");
  }
}
