package dev.sluice.upload.importing;

import dev.sluice.events.ImportEvent.Place;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.upload.archive.Archives;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.importing.ClaimRepository.Claim;
import dev.sluice.upload.importing.SeenRepository.Seen;
import dev.sluice.upload.importing.transfer.Run;
import dev.sluice.upload.importing.transfer.StepService;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.problem.UploadProblem.UploadOver;
import dev.sluice.upload.session.AbortService;
import dev.sluice.upload.source.Source;
import dev.sluice.upload.source.SourceException;
import dev.sluice.upload.source.SourceFile;
import dev.sluice.upload.source.SourceSpec;
import dev.sluice.upload.source.Sources;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Lists the sources of an import and compares what they have with what they had the last time. */
@ApplicationScoped
class ListService {
  /** Where no file of a version may lie, so that an archive's row is in nobody's way. */
  static final String ARCHIVES = "_sluice/archive/";

  private static final int BLOCK = 500;

  private final StepService steps;
  private final HoldService holds;
  private final ImportRepository imports;
  private final ListingRepository files;
  private final SumRepository sums;
  private final AbortService aborts;
  private final SeenRepository seen;
  private final Sources sources;

  ListService(
      StepService steps,
      HoldService holds,
      ImportRepository imports,
      ListingRepository files,
      SumRepository sums,
      AbortService aborts,
      SeenRepository seen,
      Sources sources) {
    this.steps = steps;
    this.holds = holds;
    this.imports = imports;
    this.files = files;
    this.sums = sums;
    this.aborts = aborts;
    this.seen = seen;
    this.sources = sources;
  }

  /**
   * Writes down what the sources have.
   *
   * @throws SourceException when a source cannot be listed
   */
  void list(Run run, Claim claim, Import job) throws SourceException {
    Optional<UUID> dataset =
        steps.in(s -> imports.dataset(s, claim.scope(), job.order().dataset()));
    steps.call(
        () ->
            holds.held(
                claim,
                locked -> {
                  locked.knowsDataset(dataset.orElse(null));
                  return files.forgetUntouched(locked.session(), claim.scope(), claim.id());
                }));
    long found = 0;
    for (int no = 0; no < job.order().sources().size(); no++) {
      found += list(run, claim, job.order(), no, dataset);
    }
    if (found == 0) {
      throw new ImportFault("source-empty", "There is no file that could be imported.");
    }
    giveUp(claim, steps.in(s -> files.gone(s, claim.scope(), claim.id())));
    CrashPoint.hit("import.list.beforeCommit");
    steps.call(() -> holds.held(claim, locked -> listed(claim, locked)));
  }

  private Uni<Void> listed(Claim claim, LockedImport locked) {
    locked.listed(true);
    return files
        .forgetGone(locked.session(), claim.scope(), claim.id())
        .chain(() -> sums.progress(locked.session(), claim.scope(), claim.id()))
        .invoke(locked::take)
        .replaceWithVoid();
  }

  /** Opens a source of the order. */
  Source open(ImportOrder order, int no) throws SourceException {
    Place place = order.sources().get(no);
    return sources.open(
        order.project(),
        new SourceSpec(
            URI.create(place.url()),
            Optional.ofNullable(place.credentials()),
            Optional.ofNullable(place.glob())));
  }

  private long list(Run run, Claim claim, ImportOrder order, int no, Optional<UUID> dataset)
      throws SourceException {
    long found = 0;
    try (Source source = open(order, no)) {
      Map<String, FoundFile> block = new LinkedHashMap<>();
      for (Iterator<SourceFile> all = source.files(); all.hasNext(); ) {
        run.check();
        FoundFile file = found(order, no, all.next());
        if (block.put(file.path(), file) != null) {
          throw twice(file.path());
        }
        found++;
        if (block.size() == BLOCK) {
          put(claim, order, no, dataset, List.copyOf(block.values()));
          block.clear();
        }
      }
      put(claim, order, no, dataset, List.copyOf(block.values()));
    }
    return found;
  }

  private static FoundFile found(ImportOrder order, int no, SourceFile file) {
    String path = Normalizer.normalize(order.pathOf(file.path()), Normalizer.Form.NFC);
    boolean archive = order.expand() && Archives.isArchive(file.path());
    Optional<String> fault = FilePath.faultOf(path);
    return new FoundFile(
        archive ? ARCHIVES + path : path,
        archive ? "archive" : "file",
        no,
        file.path(),
        file.key().orElse(null),
        file.size(),
        file.tag(),
        file.ranges(),
        file.sameStore().map(o -> o.bucket() + "\n" + o.key() + "\n" + o.etag()).orElse(null),
        fault.isPresent() ? "ignored" : "pending",
        fault.map(allowed -> "its name is not " + allowed).orElse(null),
        null);
  }

  private void put(
      Claim claim, ImportOrder order, int no, Optional<UUID> dataset, List<FoundFile> block) {
    if (block.isEmpty()) {
      return;
    }
    String key = Places.key(order.sources().get(no));
    List<String> paths = block.stream().map(FoundFile::path).toList();
    Map<String, Seen> before =
        dataset
            .map(id -> steps.in(s -> seen.find(s, claim.scope(), id, key, paths)))
            .orElse(Map.of());
    List<FoundFile> compared = new ArrayList<>();
    block.forEach(file -> compared.add(compared(file, before.get(file.path()))));
    giveUp(claim, steps.in(s -> files.outdated(s, claim.scope(), claim.id(), compared)));
    int rows =
        steps.call(
            () ->
                holds.held(
                    claim,
                    locked -> files.putAll(locked.session(), claim.scope(), claim.id(), compared)));
    if (rows < compared.size()) {
      throw twice(order.sources().size() + " sources");
    }
  }

  /** Before it is forgotten why: whoever begins anew must not find them open. */
  private void giveUp(Claim claim, List<UUID> uploads) {
    for (UUID id : uploads) {
      steps.call(
          () ->
              aborts
                  .abort(claim.scope(), new UploadId(id), "the source changed")
                  .onFailure(ListService::isOver)
                  .recoverWithNull());
    }
    if (!uploads.isEmpty()) {
      CrashPoint.hit("import.list.afterAbort");
    }
  }

  private static boolean isOver(Throwable failure) {
    return failure instanceof ProblemException e && e.problem() instanceof UploadOver;
  }

  private static FoundFile compared(
      FoundFile file, @org.jspecify.annotations.Nullable Seen before) {
    if (before == null || !file.state().equals("pending") || !before.isSameAs(file)) {
      return file;
    }
    return before.state().equals("ignored")
        ? file.in("ignored", before.reason(), before.sha256())
        : file.in("unchanged", null, before.sha256());
  }

  private static ImportFault twice(String where) {
    return new ImportFault(
        "path-twice", "Two files would have one path in the dataset: " + where + ".");
  }
}
