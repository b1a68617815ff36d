package dev.sluice.catalog.openlineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.lineage.Lineage;
import dev.sluice.catalog.openlineage.FactRepository.Due;
import dev.sluice.catalog.openlineage.RunEvents.Change;
import dev.sluice.events.DatasetEvent.DraftDropped;
import dev.sluice.events.DatasetEvent.DraftOpened;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.EventJson;
import dev.sluice.events.EventTypes;
import dev.sluice.events.ImportEvent.ImportStarted;
import dev.sluice.events.ProcessingEvent.ProcessingStarted;
import dev.sluice.events.SluiceEvent;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A kept fact as a change of what makes a version.
 *
 * @param name of the dataset
 */
record Told(UUID dataset, String name, String version, Change change) {
  private static final Pattern CANCELLED = Pattern.compile("^(run|import) cancelled by .*");

  static Told of(Due due) {
    SluiceEvent fact =
        EventJson.read(due.payload().getBytes(UTF_8), EventTypes.byName(due.type()).orElseThrow());
    return switch (fact) {
      case DraftOpened e ->
          new Told(
              e.datasetId(),
              e.dataset(),
              e.version(),
              new Change(RunState.START, e.occurredAt(), null));
      case ProcessingStarted e ->
          new Told(
              e.datasetId(),
              e.dataset(),
              e.version(),
              new Change(RunState.RUNNING, e.occurredAt(), null));
      case ImportStarted e ->
          new Told(
              e.datasetId(),
              e.dataset(),
              e.version(),
              new Change(RunState.RUNNING, e.occurredAt(), null));
      case VersionCreated e ->
          new Told(
              e.datasetId(),
              e.dataset(),
              e.version(),
              new Change(RunState.COMPLETE, e.occurredAt(), null));
      case DraftDropped e ->
          new Told(
              e.datasetId(),
              e.dataset(),
              e.version(),
              new Change(
                  CANCELLED.matcher(e.reason()).matches() ? RunState.ABORT : RunState.FAIL,
                  e.occurredAt(),
                  e.reason()));
      default -> throw new IllegalArgumentException("not about a version: " + due.type());
    };
  }

  /** The version's node in a lineage. */
  String node() {
    return Lineage.versionId(name, version);
  }
}
