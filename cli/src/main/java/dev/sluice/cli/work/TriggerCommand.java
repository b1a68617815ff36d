package dev.sluice.cli.work;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.client.AutomationClient;
import dev.sluice.client.Firing;
import dev.sluice.client.NewTrigger;
import dev.sluice.client.Template;
import dev.sluice.client.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Triggers: what starts runs of templates. */
@Command(
    name = "trigger",
    description = "Have new versions or the clock start runs of a template.",
    footer = {
      "",
      "Examples:",
      "  sluice trigger create new-notes --template chunking --on version-created \\",
      "    --dataset 'notes-*'",
      "  sluice trigger create nightly --template chunking --cron '0 3 * * *' \\",
      "    --zone Europe/Berlin",
      "  sluice trigger history 0b9c6a5e-…"
    })
public final class TriggerCommand {
  private static final List<Column<Trigger>> COLUMNS =
      List.of(
          Column.of("ID", Trigger::id),
          Column.of("NAME", Trigger::name),
          Column.of("EVENT", Trigger::event),
          Column.of("WAITS FOR", t -> t.dataset() == null ? t.cron() : t.dataset()),
          Column.of("TEMPLATE", Trigger::template),
          Column.of("PAUSED", Trigger::paused),
          Column.of("BY", Trigger::createdBy),
          Column.of("NEXT", Trigger::nextAt));
  private static final List<Column<Firing>> HISTORY =
      List.of(
          Column.of("OCCASION", Firing::occasion),
          Column.of("AT", Firing::at),
          Column.of("OUTCOME", Firing::outcome),
          Column.of("RUN", Firing::runId),
          Column.of("WHY", Firing::reason));

  private final Context context;

  /** Needs no more than the context. */
  public TriggerCommand(Context context) {
    this.context = context;
  }

  @Command(description = "Keep a trigger; its runs are yours.")
  void create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--template", required = true, description = "What it runs.") String template,
      @Option(names = "--number", description = "An older template.") @Nullable Integer number,
      @Option(names = "--on", description = "version-created or version-released.")
          @Nullable String event,
      @Option(names = "--dataset", description = "Name or glob, with --on.")
          @Nullable String dataset,
      @Option(names = "--cron", description = "Five fields of cron.") @Nullable String cron,
      @Option(names = "--zone", description = "Time zone of --cron; UTC.") @Nullable String zone,
      @Option(names = "--set", description = "A value, name=value; may be repeated.")
          @Nullable List<String> values) {
    if ((event == null) == (cron == null)) {
      throw new CliException("say when it runs: --on with --dataset, or --cron");
    }
    Template known = automation().template(template, number);
    NewTrigger wanted =
        new NewTrigger(
            context.project(),
            name,
            event == null ? "schedule" : event,
            dataset,
            cron,
            zone,
            template,
            number,
            TemplateValues.of(known, values));
    context.output().one(automation().create(wanted), COLUMNS);
  }

  @Command(description = "The triggers of the project.")
  void list() {
    context.output().list(automation().triggers(), COLUMNS);
  }

  @Command(description = "One trigger.")
  void show(@Parameters(paramLabel = "ID") String id) {
    context.output().one(automation().trigger(id), COLUMNS);
  }

  @Command(description = "Stop a trigger until it is resumed.")
  void pause(@Parameters(paramLabel = "ID") String id) {
    context.output().one(automation().pause(id), COLUMNS);
  }

  @Command(description = "Let a trigger go on; what happened meanwhile is passed over.")
  void resume(@Parameters(paramLabel = "ID") String id) {
    context.output().one(automation().resume(id), COLUMNS);
  }

  @Command(description = "What it did, newest first.")
  void history(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--limit", defaultValue = "50", description = "How many.") int limit) {
    context.output().list(automation().history(id).limit(limit).toList(), HISTORY);
  }

  @Command(description = "Delete a trigger; its runs stay.")
  void delete(@Parameters(paramLabel = "ID") String id) {
    automation().deleteTrigger(id);
    context.output().say("Trigger " + id + " is deleted.");
  }

  private AutomationClient automation() {
    return context.client().automation(context.project());
  }
}
