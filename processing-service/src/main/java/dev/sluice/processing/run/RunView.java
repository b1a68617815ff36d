package dev.sluice.processing.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.DataSetManifest.Image;
import dev.sluice.processing.run.Run.ReservedOutput;
import dev.sluice.processing.run.RunProgress.Blocks;
import dev.sluice.processing.run.RunProgress.Rows;
import dev.sluice.processing.run.RunState.Active;
import dev.sluice.processing.run.RunState.Cancelled;
import dev.sluice.processing.run.RunState.Ended;
import dev.sluice.processing.run.RunState.Failed;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.RunOutput;
import dev.sluice.processing.run.RunState.Submission;
import dev.sluice.processing.run.RunState.Succeeded;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it.
 *
 * @param state requested, submitted, running, committing, succeeded, failed or cancelled
 * @param attempt from 1
 * @param output the reserved version; absent until the catalog has reserved it
 * @param workingDir the version whose files travel with the entrypoint
 * @param workingDirDigest over their names and contents
 * @param reason one sentence: why it failed or who cancelled it
 * @param reasonCode short code of the failure
 * @param logTail the last 4 KiB of the program's log, when it failed
 * @param waitingFor the part that is away at the moment
 * @param notes what is recorded but not enforced
 * @param progress of the current attempt, once its job has said something
 * @param retryAt when the next attempt begins
 * @param dryRunRows rows a dry run looks at; absent for a run that makes a version
 * @param sample what the dry run found; only where one run is shown
 * @param reusedFrom the earlier run whose output this run has taken
 * @param recorded what the output was made of, so that it can be found again
 * @param summary counts, operators, quarantine, blocks and environment of the winning attempt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
    UUID id,
    String project,
    String name,
    String state,
    int attempt,
    VersionRef input,
    @Nullable VersionRef output,
    @Nullable UUID outputDatasetId,
    @Nullable VersionRef workingDir,
    @Nullable String workingDirDigest,
    String requestedBy,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Instant deadlineAt,
    @Nullable String reason,
    @Nullable String reasonCode,
    @Nullable String logTail,
    @Nullable String waitingFor,
    @Nullable String submissionId,
    @Nullable ImageView image,
    String entrypoint,
    List<String> notes,
    @Nullable Long rows,
    @Nullable Long files,
    @Nullable Long bytes,
    int priority,
    @Nullable ProgressView progress,
    @Nullable Instant retryAt,
    @Nullable Integer dryRunRows,
    @Nullable JsonNode sample,
    @Nullable UUID reusedFrom,
    @Nullable RecordedView recorded,
    @Nullable JsonNode summary,
    JsonNode manifest) {

  /** The image the manifest asks for; recorded. */
  public record ImageView(String name, String pullPolicy) {}

  /**
   * How far the current attempt is.
   *
   * @param stage the one at work, from 0
   * @param rowsPerSecond rows this stage reads in a second; absent when that is not known yet
   * @param secondsLeft at the pace of this stage; absent when that is not known
   * @param at when the job said so
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ProgressView(
      int stage,
      int stages,
      Blocks blocks,
      Rows rows,
      @Nullable Double rowsPerSecond,
      @Nullable Long secondsLeft,
      Instant at) {
    private static @Nullable ProgressView of(Run run) {
      RunProgress progress = run.details().progress();
      return progress == null || progress.attempt() != run.state().attempt()
          ? null
          : new ProgressView(
              progress.stage(),
              progress.stages(),
              progress.blocks(),
              progress.rows(),
              progress.rowsPerSecond(),
              progress.secondsLeft(),
              progress.at());
    }
  }

  /** What a run's output is made of: the files read, and what is done with them. */
  public record RecordedView(String recipeDigest, String inputDigest) {
    private static @Nullable RecordedView of(RunDetails details) {
      String recipe = details.recipeDigest();
      String input = details.inputDigest();
      return recipe == null || input == null ? null : new RecordedView(recipe, input);
    }
  }

  static RunView of(Run run) {
    return of(run, null);
  }

  static RunView of(Run run, @Nullable JsonNode sample) {
    Ending ending = Ending.of(run.state());
    Submission submission = ending.submission();
    ReservedOutput reserved = run.output();
    RunOutput written = ending.output();
    Failure failure = ending.failure();
    return new RunView(
        run.id().value(),
        run.project(),
        run.manifest().name(),
        run.state().text(),
        run.state().attempt(),
        run.input(),
        reserved == null ? null : new VersionRef(reserved.dataset(), reserved.version()),
        reserved == null ? null : reserved.datasetId(),
        run.code() == null ? null : run.code().version(),
        run.code() == null ? null : run.code().digest(),
        run.requestedBy(),
        run.createdAt(),
        submission == null ? null : submission.startedAt(),
        run.state() instanceof Ended ended ? ended.at() : null,
        run.deadlineAt(),
        ending.sentence(),
        failure == null ? null : failure.reason(),
        failure == null ? null : failure.logTail(),
        run.waitingFor(),
        submission == null ? null : submission.submissionId(),
        imageOf(run),
        run.manifest().command(),
        run.notes(),
        written == null ? null : written.rows(),
        written == null ? null : written.files(),
        written == null ? null : written.bytes(),
        run.details().priority(),
        ProgressView.of(run),
        run.details().retryAt(),
        run.details().dryRunRows(),
        sample,
        run.details().reusedFrom(),
        RecordedView.of(run.details()),
        run.details().summary(),
        run.manifest().json());
  }

  private static @Nullable ImageView imageOf(Run run) {
    Image image = run.manifest().image();
    return image == null ? null : new ImageView(image.name(), image.pullPolicy().text());
  }

  /** The parts of a state that only some states have. */
  private record Ending(
      @Nullable Submission submission,
      @Nullable RunOutput output,
      @Nullable Failure failure,
      @Nullable String sentence) {
    static Ending of(RunState state) {
      return switch (state) {
        case Active s -> new Ending(s.submission(), null, null, null);
        case Succeeded s -> new Ending(s.submission(), s.output(), null, null);
        case Failed s -> new Ending(s.submission(), null, s.failure(), s.failure().message());
        case Cancelled s -> new Ending(s.submission(), null, null, "cancelled by " + s.by());
      };
    }
  }
}
