package dev.sluice.processing.run;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.DataSetManifest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a manifest.
 *
 * @param notes what its owner should know, for example what is recorded but not enforced
 * @param deadlineAt the run fails when it has not ended by then
 * @param input version may still be {@code latest} before the run is reserved
 * @param output null until the catalog has reserved it
 * @param code files that travel with the entrypoint; null when there are none, or not yet
 * @param cancelRequestedBy who wants it stopped; null when nobody does
 * @param waitingFor the part that is away; null when nothing is
 * @param details what it has beside its state
 */
public record Run(
    RunId id,
    String project,
    DataSetManifest manifest,
    String requestedBy,
    List<String> notes,
    Instant createdAt,
    Instant deadlineAt,
    RunState state,
    VersionRef input,
    @Nullable ReservedOutput output,
    @Nullable ReservedCode code,
    @Nullable String cancelRequestedBy,
    @Nullable String waitingFor,
    RunDetails details) {

  public Run {
    notes = List.copyOf(notes);
  }

  /** The same run in another state. */
  Run in(RunState next) {
    return new Run(
        id,
        project,
        manifest,
        requestedBy,
        notes,
        createdAt,
        deadlineAt,
        next,
        input,
        output,
        code,
        cancelRequestedBy,
        waitingFor,
        details);
  }

  /**
   * The files of the working directory, as they stood when the run was reserved.
   *
   * @param version of the dataset that the manifest names
   * @param digest over names and contents, 64 hex digits
   */
  public record ReservedCode(VersionRef version, String digest) {}

  /**
   * The draft version that takes the output.
   *
   * @param keyPrefix where its objects go, ends with a slash
   */
  public record ReservedOutput(UUID datasetId, String dataset, String version, String keyPrefix) {
    public ReservedOutput {
      if (!keyPrefix.endsWith("/")) {
        throw new IllegalArgumentException("key prefix without a slash at its end: " + keyPrefix);
      }
    }

    /** Where attempt {@code number} says what it wrote, last of all. */
    public String manifestKey(int number) {
      return keyPrefix + "_sluice/manifest-a" + number + ".json";
    }
  }
}
