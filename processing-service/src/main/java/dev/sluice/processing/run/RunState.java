package dev.sluice.processing.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a run stands; the transitions that exist are the methods of each state. */
public sealed interface RunState {
  /** The spelling in the API and the database. */
  String text();

  /** Number of the current attempt, from 1. */
  int attempt();

  /** A state that still changes; it can always fail or be cancelled. */
  sealed interface Active extends RunState {
    /** What Ray knows the attempt by; null before it was handed over. */
    default @Nullable Submission submission() {
      return null;
    }

    default Failed failed(Failure failure, Instant at) {
      return new Failed(attempt(), submission(), failure, at);
    }

    default Cancelled cancelled(String by, Instant at) {
      return new Cancelled(attempt(), submission(), by, at);
    }
  }

  /** An attempt that Ray has: nothing else can be told of it or it gets lost. */
  sealed interface AtRay extends Active {
    @Override
    Submission submission();

    @Override
    default int attempt() {
      return submission().attempt();
    }

    /** The program has ended well; its output is looked at next. */
    default Committing committing() {
      return new Committing(submission());
    }

    /** What stopped the attempt may pass; the run wants another one. */
    default Requested lost() {
      return new Requested(attempt() + 1);
    }
  }

  /** A state that never changes again. */
  sealed interface Ended extends RunState {
    Instant at();
  }

  /** Accepted; the attempt is not with Ray yet. */
  record Requested(int attempt) implements Active {
    @Override
    public String text() {
      return "requested";
    }

    public Submitted submitted(String submissionId, Instant at) {
      return new Submitted(new Submission(attempt, submissionId, at, null));
    }

    /** An earlier run made this output of the same input by the same recipe. */
    public Succeeded reused(RunOutput output, Instant at) {
      return new Succeeded(attempt, null, output, at);
    }
  }

  /** Ray has the attempt and has not started it. */
  record Submitted(Submission submission) implements AtRay {
    @Override
    public String text() {
      return "submitted";
    }

    public Running running(Instant at) {
      return new Running(submission.startedAt(at));
    }
  }

  /** The program runs. */
  record Running(Submission submission) implements AtRay {
    @Override
    public String text() {
      return "running";
    }
  }

  /** The program has ended well; its output is being verified. */
  record Committing(Submission submission) implements Active {
    @Override
    public String text() {
      return "committing";
    }

    @Override
    public int attempt() {
      return submission.attempt();
    }

    public Succeeded succeeded(RunOutput output, Instant at) {
      return new Succeeded(attempt(), submission, output, at);
    }

    /** A dry run has shown what it would do. */
    public Succeeded shown(Instant at) {
      return new Succeeded(attempt(), submission, null, at);
    }
  }

  /**
   * Its output is the version's content.
   *
   * @param submission null when an earlier run's output was taken
   * @param output null for a dry run, which makes none
   */
  record Succeeded(
      int attempt, @Nullable Submission submission, @Nullable RunOutput output, Instant at)
      implements Ended {
    @Override
    public String text() {
      return "succeeded";
    }
  }

  /** Ended without output. */
  record Failed(int attempt, @Nullable Submission submission, Failure failure, Instant at)
      implements Ended {
    @Override
    public String text() {
      return "failed";
    }
  }

  /** A person stopped it. */
  record Cancelled(int attempt, @Nullable Submission submission, String by, Instant at)
      implements Ended {
    @Override
    public String text() {
      return "cancelled";
    }
  }

  /**
   * An attempt as Ray knows it.
   *
   * @param startedAt when it was first seen running
   */
  record Submission(
      int attempt, String submissionId, Instant submittedAt, @Nullable Instant startedAt) {
    Submission startedAt(Instant at) {
      return new Submission(attempt, submissionId, submittedAt, at);
    }
  }

  /**
   * Why a run failed.
   *
   * @param reason short code, for example {@code entrypoint-failed}
   * @param message one sentence for a person
   * @param logTail the last 4 KiB the program printed
   */
  record Failure(String reason, String message, @Nullable String logTail) {
    /** A failure that has no log. */
    public static Failure of(String reason, String message) {
      return new Failure(reason, message, null);
    }
  }

  /**
   * The verified output of the attempt that won.
   *
   * @param manifestKey the object that lists the files
   * @param manifestSha256 64 hex digits over that object
   */
  record RunOutput(String manifestKey, String manifestSha256, long files, long bytes, long rows) {}
}
