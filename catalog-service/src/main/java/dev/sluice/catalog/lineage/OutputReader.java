package dev.sluice.catalog.lineage;

import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.lineage.OutputManifest.Broken;
import dev.sluice.events.ProcessingEvent.ProcessingCompleted;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.support.storage.StoreRefused;
import dev.sluice.support.storage.StoredObject;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Reads what a run wrote and proves that it lies in the object store. */
@ApplicationScoped
class OutputReader {
  private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchBucket");
  private static final int AT_ONCE = 8;

  private final ObjectStore store;

  OutputReader(ObjectStore store) {
    this.store = store;
  }

  /** The run's files, each of them there with its size; fails with {@link Broken} otherwise. */
  Uni<OutputManifest> read(ProcessingCompleted event) {
    String bucket = store.bucketOf(event.project());
    return store
        .read(bucket, event.outputManifestKey())
        .onFailure(StoreRefused.class)
        .transform(failure -> refused(event.outputManifestKey(), failure))
        .map(bytes -> OutputManifest.read(bytes, event.outputManifestSha256()))
        .invoke(manifest -> refuseForeign(manifest, event))
        .call(manifest -> prove(bucket, manifest));
  }

  private Uni<Void> prove(String bucket, OutputManifest manifest) {
    return Multi.createFrom()
        .iterable(manifest.files())
        .onItem()
        .transformToUni(
            file ->
                store
                    .stat(bucket, file.objectKey())
                    .invoke(found -> refuseOther(file, found))
                    .replaceWithVoid())
        .merge(AT_ONCE)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static void refuseOther(VersionFile file, Optional<StoredObject> found) {
    if (found.isEmpty()) {
      throw new Broken("object " + file.objectKey() + " is not there");
    }
    if (found.get().size() != file.size()) {
      throw new Broken(
          "object "
              + file.objectKey()
              + " has "
              + found.get().size()
              + " bytes, not "
              + file.size());
    }
  }

  private static void refuseForeign(OutputManifest manifest, ProcessingCompleted event) {
    if (!manifest.runId().equals(event.runId())) {
      throw new Broken("the output manifest is of run " + manifest.runId());
    }
  }

  /** A missing object stays missing; any other refusal may be mended in the store's settings. */
  private static RuntimeException refused(String key, StoreRefused failure) {
    return MISSING.contains(failure.code())
        ? new Broken("object " + key + " is not there")
        : new PartAway("The object store (" + failure.code() + ")").exception();
  }
}
