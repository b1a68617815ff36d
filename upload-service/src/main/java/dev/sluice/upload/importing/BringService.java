package dev.sluice.upload.importing;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.importing.ClaimRepository.Claim;
import dev.sluice.upload.importing.transfer.Parallel;
import dev.sluice.upload.importing.transfer.Run;
import dev.sluice.upload.importing.transfer.StepService;
import dev.sluice.upload.importing.transfer.TransferService;
import dev.sluice.upload.intake.HoldingsService;
import dev.sluice.upload.ledger.BeginService;
import dev.sluice.upload.ledger.Begun;
import dev.sluice.upload.ledger.NewFile;
import dev.sluice.upload.ledger.UploadId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Brings the files that changed: announces them to the ledger, sends them, waits for proof. */
@ApplicationScoped
class BringService {
  private static final int BLOCK = 200;
  private static final Duration LOOK = Duration.ofMillis(250);

  private final StepService steps;
  private final HoldService holds;
  private final FileRepository files;
  private final HoldingsService holdings;
  private final BeginService beginnings;
  private final TransferService transfer;
  private final ExpandService expansion;
  private final ListService listing;
  private final SumRepository sums;
  private final ImportConfig config;

  BringService(
      StepService steps,
      HoldService holds,
      FileRepository files,
      HoldingsService holdings,
      BeginService beginnings,
      TransferService transfer,
      ExpandService expansion,
      ListService listing,
      SumRepository sums,
      ImportConfig config) {
    this.steps = steps;
    this.holds = holds;
    this.files = files;
    this.holdings = holdings;
    this.beginnings = beginnings;
    this.transfer = transfer;
    this.expansion = expansion;
    this.listing = listing;
    this.sums = sums;
    this.config = config;
  }

  /** Until every file is proved, ignored or failed. */
  void bring(Run run, Claim claim, Import job, Destination destination) throws IOException {
    try (OpenSources sources = new OpenSources(job.order(), listing::open)) {
      do {
        announceAndSend(run, claim, job, destination, sources);
        tell(claim);
        expansion.expand(
            run,
            claim,
            job,
            sources,
            (file, content) ->
                begin(claim, job, destination, List.of(file), f -> content).getFirst());
      } while (!settled(run, claim));
    }
  }

  private void announceAndSend(
      Run run, Claim claim, Import job, Destination destination, OpenSources sources)
      throws IOException {
    while (true) {
      run.check();
      List<ImportFile> pending = steps.in(s -> files.toSend(s, claim.scope(), claim.id(), BLOCK));
      if (!pending.isEmpty()) {
        begin(claim, job, destination, pending, BringService::content);
      }
      List<ImportFile> open = steps.in(s -> files.open(s, claim.scope(), claim.id(), BLOCK));
      if (pending.isEmpty() && open.isEmpty()) {
        return;
      }
      Parallel.each(config.parallelFiles(), open, file -> send(run, claim, sources, file));
    }
  }

  /** That every byte is there is news, and proving it takes a while. */
  private void tell(Claim claim) {
    steps.call(
        () ->
            holds.held(
                claim,
                locked ->
                    sums.progress(locked.session(), claim.scope(), claim.id())
                        .invoke(locked::take)
                        .replaceWithVoid()));
  }

  private static FileContent content(ImportFile file) {
    return new FileContent(file.size(), file.sha256());
  }

  private void send(Run run, Claim claim, OpenSources sources, ImportFile file) throws IOException {
    UploadId upload = new UploadId(file.uploadId().orElseThrow());
    transfer.send(run, claim.scope(), upload, sources.of(file.sourceNo()), file.source());
  }

  /** Announces files to the ledger, which knows them as sending from then on. */
  private List<UploadId> begin(
      Claim claim,
      Import job,
      Destination destination,
      List<ImportFile> some,
      java.util.function.Function<ImportFile, FileContent> contentOf) {
    ProjectScope by = new ProjectScope(job.order().project(), job.requestedBy(), Role.EDITOR);
    List<NewFile> announced =
        some.stream()
            .map(
                f ->
                    new NewFile(
                        destination.target(job.order()),
                        new FilePath(f.path()),
                        contentOf.apply(f)))
            .toList();
    List<FileContent> contents = announced.stream().map(NewFile::content).toList();
    List<Begun> begun =
        steps.call(
            () ->
                holdings
                    .of(by, contents)
                    .flatMap(
                        held ->
                            holds.held(
                                claim,
                                locked ->
                                    beginnings
                                        .begin(
                                            locked.session(), by, announced, held.withoutBlocks())
                                        .call(all -> sending(claim, locked, all)))));
    CrashPoint.hit("import.begin.afterCommit");
    return begun.stream().map(b -> ((Begun.Accepted) b).upload().id()).toList();
  }

  private Uni<Void> sending(Claim claim, LockedImport locked, List<Begun> begun) {
    Map<String, UUID> uploads = new HashMap<>();
    for (Begun each : begun) {
      switch (each) {
        case Begun.Accepted a -> uploads.put(a.upload().path().value(), a.upload().id().value());
        case Begun.Refused r -> throw new ImportFault(r.problem().code(), r.problem().detail());
      }
    }
    return files.sending(locked.session(), claim.scope(), claim.id(), uploads);
  }

  /** Waits for the ledger's proof; false when parts have to be sent again. */
  private boolean settled(Run run, Claim claim) {
    while (true) {
      int again =
          steps.call(
              () ->
                  holds.held(
                      claim,
                      locked ->
                          files
                              .settle(locked.session(), claim.scope(), claim.id())
                              .chain(
                                  () ->
                                      files.reopenArchives(
                                          locked.session(), claim.scope(), claim.id()))));
      if (again > 0) {
        return false;
      }
      List<ImportFile> sending =
          steps.in(
              s -> files.inState(s, claim.scope(), claim.id(), "sending", new PageRequest(1, "")));
      if (sending.isEmpty()) {
        return true;
      }
      if (!steps.in(s -> files.open(s, claim.scope(), claim.id(), 1)).isEmpty()) {
        return false;
      }
      run.pause(LOOK);
    }
  }
}
