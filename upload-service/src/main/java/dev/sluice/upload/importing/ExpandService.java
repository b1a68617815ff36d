package dev.sluice.upload.importing;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.upload.archive.Archive;
import dev.sluice.upload.archive.ArchiveFile;
import dev.sluice.upload.archive.ArchiveLimits;
import dev.sluice.upload.archive.Archives;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.importing.ClaimRepository.Claim;
import dev.sluice.upload.importing.transfer.Run;
import dev.sluice.upload.importing.transfer.Spool;
import dev.sluice.upload.importing.transfer.StepService;
import dev.sluice.upload.importing.transfer.TransferService;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.source.SourceFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;

/**
 * Brings what cannot be sent as it comes: archives that are to be taken apart, and files whose
 * length nobody knows before their end. One at a time, by way of this server's disk.
 */
@ApplicationScoped
class ExpandService {
  private final StepService steps;
  private final HoldService holds;
  private final FileRepository files;
  private final ListingRepository listing;
  private final TransferService transfer;
  private final ImportConfig config;

  ExpandService(
      StepService steps,
      HoldService holds,
      FileRepository files,
      ListingRepository listing,
      TransferService transfer,
      ImportConfig config) {
    this.steps = steps;
    this.holds = holds;
    this.files = files;
    this.listing = listing;
    this.transfer = transfer;
    this.config = config;
  }

  /** Until no such file is left. */
  void expand(Run run, Claim claim, Import job, OpenSources sources, Announcer announcer)
      throws IOException {
    while (true) {
      run.check();
      List<ImportFile> pending = steps.in(s -> files.toSpool(s, claim.scope(), claim.id(), 1));
      if (pending.isEmpty()) {
        return;
      }
      ImportFile file = pending.getFirst();
      if (file.kind().equals("archive")) {
        takeApart(run, claim, job.order(), sources, file, announcer);
      } else {
        bring(run, claim, sources, file, announcer);
      }
    }
  }

  private void bring(
      Run run, Claim claim, OpenSources sources, ImportFile file, Announcer announcer)
      throws IOException {
    try (InputStream bytes = sources.of(file.sourceNo()).open(file.source(), 0, -1);
        Spool spool = spool(bytes, file.path(), run)) {
      send(run, claim, file, spool, announcer);
    }
  }

  private void takeApart(
      Run run,
      Claim claim,
      ImportOrder order,
      OpenSources sources,
      ImportFile archive,
      Announcer announcer)
      throws IOException {
    String name = archive.source().path();
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    try (InputStream bytes = sources.of(archive.sourceNo()).open(archive.source(), 0, -1);
        Archive expanded = Archives.expand(bytes, name, ArchiveLimits.DEFAULT)) {
      for (Optional<ArchiveFile> next = expanded.next(); next.isPresent(); next = expanded.next()) {
        run.check();
        ArchiveFile entry = next.get();
        try (Spool spool = spool(entry.content(), entry.path(), run)) {
          entry(run, claim, order.pathOf(folder + entry.path()), archive, spool, announcer);
        }
        CrashPoint.hit("import.archive.afterEntry");
      }
    }
    end(claim, archive);
  }

  private Spool spool(InputStream bytes, String name, Run run) throws IOException {
    Path folder =
        config.spoolFolder().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    return Spool.of(bytes, name, folder, config.spoolLimit(), config.buffer(), run);
  }

  /** An entry that was brought before, by another attempt, is as it was. */
  private void entry(
      Run run, Claim claim, String at, ImportFile archive, Spool spool, Announcer announcer)
      throws IOException {
    String path = Normalizer.normalize(at, Normalizer.Form.NFC);
    Optional<String> fault = FilePath.faultOf(path);
    FoundFile found =
        new FoundFile(
            path,
            "entry",
            archive.sourceNo(),
            archive.source().path(),
            null,
            spool.size(),
            spool.sha256(),
            true,
            null,
            fault.isPresent() ? "ignored" : "pending",
            fault.map(allowed -> "its name is not " + allowed).orElse(null),
            spool.sha256());
    int rows =
        steps.call(
            () ->
                holds.held(
                    claim,
                    locked ->
                        listing.putAll(
                            locked.session(), claim.scope(), claim.id(), List.of(found))));
    if (rows == 0) {
      throw new ImportFault(
          "path-twice", "Two files would have one path in the dataset: " + path + ".");
    }
    ImportFile file = steps.in(s -> files.find(s, claim.scope(), claim.id(), path)).orElseThrow();
    if (file.state().equals("pending") || file.state().equals("sending")) {
      send(run, claim, file, spool, announcer);
    }
  }

  private void send(Run run, Claim claim, ImportFile file, Spool spool, Announcer announcer)
      throws IOException {
    UploadId id = announcer.announce(file, FileContent.of(spool.size(), spool.sha256()));
    SourceFile whole = spool.described();
    transfer.send(run, claim.scope(), id, spool, whole);
  }

  private void end(Claim claim, ImportFile archive) {
    steps.call(
        () ->
            holds.held(
                claim,
                locked ->
                    files
                        .end(
                            locked.session(),
                            claim.scope(),
                            claim.id(),
                            archive.path(),
                            "expanded",
                            "")
                        .chain(
                            () ->
                                files.forgetFormerEntries(
                                    locked.session(), claim.scope(), claim.id(), archive))));
  }

  /** Tells the ledger of a file. */
  @FunctionalInterface
  interface Announcer {
    UploadId announce(ImportFile file, FileContent content);
  }
}
