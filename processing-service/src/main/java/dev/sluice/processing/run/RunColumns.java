package dev.sluice.processing.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.processing.run.Run.ReservedCode;
import dev.sluice.processing.run.Run.ReservedOutput;
import dev.sluice.processing.run.RunState.AtRay;
import dev.sluice.processing.run.RunState.Cancelled;
import dev.sluice.processing.run.RunState.Committing;
import dev.sluice.processing.run.RunState.Ended;
import dev.sluice.processing.run.RunState.Failed;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunState.RunOutput;
import dev.sluice.processing.run.RunState.Running;
import dev.sluice.processing.run.RunState.Submission;
import dev.sluice.processing.run.RunState.Submitted;
import dev.sluice.processing.run.RunState.Succeeded;
import dev.sluice.support.tracing.TraceContext;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Maps a run to its row and back; text the row should not hold is an error. */
final class RunColumns {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private RunColumns() {}

  /** The row of a run that was just accepted. */
  static RunEntity fresh(Run run) {
    RunEntity row = new RunEntity();
    row.id = run.id().value();
    row.project = run.project();
    row.name = run.manifest().name();
    row.manifest = run.manifest().json().toString();
    row.requestedBy = run.requestedBy();
    row.notes = write(run.notes());
    row.createdAt = run.createdAt();
    row.deadlineAt = run.deadlineAt();
    row.nextCheckAt = run.createdAt();
    row.traceparent = TraceContext.current();
    row.dryRunRows = run.details().dryRunRows();
    row.priority = run.details().priority();
    apply(run.state(), row);
    return row;
  }

  /** Writes a state into its columns. */
  static void apply(RunState state, RunEntity row) {
    row.state = state.text();
    row.attempt = state.attempt();
    apply(submissionOf(state), row);
    row.finishedAt = state instanceof Ended ended ? ended.at() : null;
    switch (state) {
      case Succeeded s -> {
        if (s.output() != null) {
          apply(s.output(), row);
        }
      }
      case Failed f -> {
        row.reason = f.failure().reason();
        row.message = f.failure().message();
        row.logTail = f.failure().logTail();
      }
      case Cancelled c -> row.endedBy = c.by();
      case Requested r -> {}
      case Submitted s -> {}
      case Running r -> {}
      case Committing c -> {}
    }
  }

  private static @Nullable Submission submissionOf(RunState state) {
    return switch (state) {
      case AtRay s -> s.submission();
      case Committing s -> s.submission();
      case Succeeded s -> s.submission();
      case Failed s -> s.submission();
      case Cancelled s -> s.submission();
      case Requested s -> null;
    };
  }

  private static void apply(@Nullable Submission submission, RunEntity row) {
    row.submissionId = submission == null ? null : submission.submissionId();
    row.submittedAt = submission == null ? null : submission.submittedAt();
    row.startedAt = submission == null ? null : submission.startedAt();
  }

  private static void apply(RunOutput output, RunEntity row) {
    row.outputManifestKey = output.manifestKey();
    row.outputManifestSha = output.manifestSha256();
    row.files = output.files();
    row.bytes = output.bytes();
    row.rows = output.rows();
  }

  static Run toRun(RunEntity row) {
    DataSetManifest manifest = ManifestReader.stored(ManifestText.json(row.manifest));
    return new Run(
        new RunId(row.id),
        row.project,
        manifest,
        row.requestedBy,
        readTexts(row.notes),
        row.createdAt,
        row.deadlineAt,
        stateOf(row),
        inputOf(row, manifest),
        outputOf(row, manifest),
        codeOf(row, manifest),
        row.cancelRequestedBy,
        row.waitingFor,
        detailsOf(row));
  }

  private static RunDetails detailsOf(RunEntity row) {
    return new RunDetails(
        row.priority,
        row.dryRunRows,
        row.progress == null ? null : readAs(row.progress, RunProgress.class),
        row.retryAt,
        row.cancelRequestedAt,
        row.recipeDigest,
        row.inputDigest,
        row.reusedFrom,
        row.summary == null ? null : readAs(row.summary, JsonNode.class));
  }

  private static RunState stateOf(RunEntity row) {
    return switch (row.state) {
      case "requested" -> new Requested(row.attempt);
      case "submitted" -> new Submitted(given(submissionOf(row)));
      case "running" -> new Running(given(submissionOf(row)));
      case "committing" -> new Committing(given(submissionOf(row)));
      case "succeeded" ->
          new Succeeded(row.attempt, submissionOf(row), writtenBy(row), given(row.finishedAt));
      case "failed" ->
          new Failed(
              row.attempt,
              submissionOf(row),
              new Failure(given(row.reason), given(row.message), row.logTail),
              given(row.finishedAt));
      case "cancelled" ->
          new Cancelled(row.attempt, submissionOf(row), given(row.endedBy), given(row.finishedAt));
      default -> throw new IllegalStateException("run " + row.id + " in state " + row.state);
    };
  }

  /** Gives a row the output of another run. */
  static RunOutput adopt(RunEntity row, @Nullable RunEntity source) {
    RunEntity from = given(source);
    row.outputDatasetId = from.outputDatasetId;
    row.outputVersion = from.outputVersion;
    row.outputKeyPrefix = from.outputKeyPrefix;
    row.summary = from.summary;
    row.reusedFrom = from.id;
    return given(writtenBy(from));
  }

  static @Nullable RunOutput writtenBy(RunEntity row) {
    return row.outputManifestKey == null
        ? null
        : new RunOutput(
            row.outputManifestKey,
            given(row.outputManifestSha),
            given(row.files),
            given(row.bytes),
            given(row.rows));
  }

  private static @Nullable Submission submissionOf(RunEntity row) {
    return row.submissionId == null
        ? null
        : new Submission(row.attempt, row.submissionId, given(row.submittedAt), row.startedAt);
  }

  private static VersionRef inputOf(RunEntity row, DataSetManifest manifest) {
    String version = row.inputVersion == null ? manifest.inputVersion() : row.inputVersion;
    return new VersionRef(manifest.inputDataset(), version);
  }

  private static @Nullable ReservedCode codeOf(RunEntity row, DataSetManifest manifest) {
    InCatalog folder = manifest.workingDir();
    return folder == null || row.codeVersion == null
        ? null
        : new ReservedCode(
            new VersionRef(folder.dataset(), row.codeVersion), given(row.codeDigest));
  }

  private static @Nullable ReservedOutput outputOf(RunEntity row, DataSetManifest manifest) {
    return row.outputDatasetId == null
        ? null
        : new ReservedOutput(
            row.outputDatasetId,
            manifest.outputDataset(),
            given(row.outputVersion),
            given(row.outputKeyPrefix));
  }

  private static <T> T given(@Nullable T value) {
    return Objects.requireNonNull(value, "a column the run's state needs is empty");
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static <T> T readAs(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> readTexts(String json) {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
