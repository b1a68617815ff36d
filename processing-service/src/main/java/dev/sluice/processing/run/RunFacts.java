package dev.sluice.processing.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.events.ProcessingEvent;
import dev.sluice.events.ProcessingEvent.ProcessingCancelled;
import dev.sluice.events.ProcessingEvent.ProcessingCompleted;
import dev.sluice.events.ProcessingEvent.ProcessingFailed;
import dev.sluice.events.ProcessingEvent.ProcessingReused;
import dev.sluice.events.ProcessingEvent.ProcessingStarted;
import dev.sluice.events.ProcessingEvent.Program;
import dev.sluice.processing.manifest.DataSetManifest.Image;
import dev.sluice.processing.manifest.DataSetManifest.RayJobConfig;
import dev.sluice.processing.manifest.Operator;
import dev.sluice.processing.run.Run.ReservedOutput;
import dev.sluice.processing.run.RunState.Cancelled;
import dev.sluice.processing.run.RunState.Committing;
import dev.sluice.processing.run.RunState.Failed;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunState.RunOutput;
import dev.sluice.processing.run.RunState.Running;
import dev.sluice.processing.run.RunState.Submission;
import dev.sluice.processing.run.RunState.Submitted;
import dev.sluice.processing.run.RunState.Succeeded;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is said when a run reaches a state. */
final class RunFacts {
  private RunFacts() {}

  /** Nothing is said of a dry run: it changes nothing that others could see. */
  static Optional<ProcessingEvent> of(Run run) {
    return run.details().dryRun() ? Optional.empty() : ofState(run);
  }

  private static Optional<ProcessingEvent> ofState(Run run) {
    return switch (run.state()) {
      case Submitted s -> Optional.of(started(run, s));
      case Succeeded s -> Optional.of(succeeded(run, s));
      case Failed s -> Optional.of(failed(run, s));
      case Cancelled s -> Optional.of(cancelled(run, s));
      case Requested s -> Optional.empty();
      case Running s -> Optional.empty();
      case Committing s -> Optional.empty();
    };
  }

  private static ProcessingEvent started(Run run, Submitted state) {
    ReservedOutput output = reserved(run);
    return new ProcessingStarted(
        run.project(),
        run.id().value(),
        state.attempt(),
        output.datasetId(),
        output.dataset(),
        output.version(),
        state.submission().submissionId(),
        state.submission().submittedAt());
  }

  private static ProcessingEvent succeeded(Run run, Succeeded state) {
    Submission submission = state.submission();
    RunOutput written = Objects.requireNonNull(state.output(), "a run without an output");
    return submission == null
        ? reused(run, state, written)
        : completed(run, state, submission, written);
  }

  private static ProcessingEvent reused(Run run, Succeeded state, RunOutput written) {
    ReservedOutput output = reserved(run);
    return new ProcessingReused(
        run.project(),
        run.id().value(),
        Objects.requireNonNull(run.details().reusedFrom(), "reused from nowhere"),
        output.datasetId(),
        output.dataset(),
        output.version(),
        List.of(run.input()),
        written.rows(),
        run.requestedBy(),
        state.at());
  }

  private static ProcessingEvent completed(
      Run run, Succeeded state, Submission submission, RunOutput written) {
    ReservedOutput output = reserved(run);
    return new ProcessingCompleted(
        run.project(),
        run.id().value(),
        state.attempt(),
        output.datasetId(),
        output.dataset(),
        output.version(),
        List.of(run.input()),
        written.manifestKey(),
        written.manifestSha256(),
        written.files(),
        written.bytes(),
        written.rows(),
        program(run, submission.submissionId()),
        run.requestedBy(),
        state.at());
  }

  private static Program program(Run run, String submissionId) {
    Image image = run.manifest().image();
    return new Program(
        image == null ? null : image.name(),
        image == null ? null : image.pullPolicy().text(),
        run.manifest().command(),
        submissionId,
        digestOf(run.manifest().command()),
        run.manifest().operators().stream().map(Operator::json).toList(),
        parameters(run.manifest().rayJobConfig()));
  }

  private static JsonNode parameters(RayJobConfig config) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("distributeOps", config.distributeOps().text())
        .put("parallelism", config.parallelism())
        .put("gpu", config.gpu())
        .put("batchSize", config.batchSize())
        .put("scheduling", config.scheduling().text());
  }

  private static String digestOf(String command) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(command.getBytes(UTF_8));
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessingEvent failed(Run run, Failed state) {
    return new ProcessingFailed(
        run.project(),
        run.id().value(),
        state.attempt(),
        datasetIdOf(run.output()),
        run.manifest().outputDataset(),
        versionOf(run.output()),
        state.failure().reason(),
        state.failure().message(),
        state.failure().logTail(),
        state.at());
  }

  private static ProcessingEvent cancelled(Run run, Cancelled state) {
    return new ProcessingCancelled(
        run.project(),
        run.id().value(),
        datasetIdOf(run.output()),
        run.manifest().outputDataset(),
        versionOf(run.output()),
        state.by(),
        state.at());
  }

  private static ReservedOutput reserved(Run run) {
    return Objects.requireNonNull(run.output(), "an attempt without a reserved output");
  }

  private static @Nullable UUID datasetIdOf(@Nullable ReservedOutput output) {
    return output == null ? null : output.datasetId();
  }

  private static @Nullable String versionOf(@Nullable ReservedOutput output) {
    return output == null ? null : output.version();
  }
}
