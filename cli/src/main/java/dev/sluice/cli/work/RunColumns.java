package dev.sluice.cli.work;

import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Delivery;
import dev.sluice.client.Run;
import dev.sluice.client.RunProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs as tables. */
final class RunColumns {

  static final List<Column<Run>> LIST =
      List.of(
          Column.of("ID", Run::id),
          Column.of("NAME", Run::name),
          Column.of("STATE", Run::state),
          Column.number("TRY", Run::attempt),
          Column.of("INPUT", Run::input),
          Column.of("OUTPUT", Run::output),
          Column.number("ROWS", Run::rows),
          Column.number("TIME", RunColumns::time),
          Column.of("CREATED", Run::createdAt));

  static final List<Column<Run>> ONE =
      List.of(
          Column.of("Id", Run::id),
          Column.of("Name", Run::name),
          Column.of("State", Run::state),
          Column.of("Waiting for", Run::waitingFor),
          Column.of("Progress", RunColumns::progress),
          Column.of("Reused from", Run::reusedFrom),
          Column.of("Reason", Run::reason),
          Column.of("Notes", Run::notes),
          Column.of("Attempt", Run::attempt),
          Column.of("Input", Run::input),
          Column.of("Output", Run::output),
          Column.of("Rows", Run::rows),
          Column.of("Files", Run::files),
          Column.of("Bytes", run -> run.bytes() == null ? null : Texts.bytes(run.bytes())),
          Column.of("Entrypoint", Run::entrypoint),
          Column.of("Ray job", Run::submissionId),
          Column.of("Requested by", Run::requestedBy),
          Column.of("Created", Run::createdAt),
          Column.of("Started", Run::startedAt),
          Column.of("Finished", Run::finishedAt));

  static final List<Column<Delivery>> DELIVERIES =
      List.of(
          Column.of("ID", Delivery::id),
          Column.of("TYPE", Delivery::type),
          Column.of("URL", Delivery::url),
          Column.of("STATE", Delivery::state),
          Column.number("FILES", Delivery::files),
          Column.number("BYTES", d -> Texts.bytes(d.bytes())),
          Column.number("TRIES", Delivery::tries),
          Column.of("WHY", Delivery::reason));

  private RunColumns() {}

  /** One line: blocks, pace, time left. */
  static @Nullable String progress(Run run) {
    RunProgress progress = run.progress();
    if (progress == null) {
      return null;
    }
    String stage =
        progress.stages() == 1
            ? ""
            : "stage " + (progress.stage() + 1) + " of " + progress.stages() + ", ";
    String pace =
        progress.rowsPerSecond() == null
            ? ""
            : String.format(Locale.ROOT, ", %,.0f rows/s", progress.rowsPerSecond());
    String left =
        progress.secondsLeft() == null
            ? ""
            : ", " + Texts.seconds(Duration.ofSeconds(progress.secondsLeft())) + " left";
    return stage
        + progress.blocks().done()
        + " of "
        + progress.blocks().total()
        + " blocks, "
        + progress.rows().in()
        + " rows"
        + pace
        + left;
  }

  private static @Nullable Object time(Run run) {
    return run.startedAt() == null || run.finishedAt() == null
        ? null
        : Texts.seconds(Duration.between(run.startedAt(), run.finishedAt()));
  }
}
