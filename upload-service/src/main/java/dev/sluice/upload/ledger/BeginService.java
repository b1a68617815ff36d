package dev.sluice.upload.ledger;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Live;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.media.MediaTypes;
import dev.sluice.upload.problem.UploadProblem.FileTooLarge;
import dev.sluice.upload.problem.UploadProblem.PathTaken;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes the first row of an upload, or finds that the file is on its way or there already. */
@ApplicationScoped
public class BeginService {
  private final UploadRepository uploads;
  private final UploadConfig config;
  private final Clock clock;

  BeginService(UploadRepository uploads, UploadConfig config, Clock clock) {
    this.uploads = uploads;
    this.config = config;
    this.clock = clock;
  }

  /**
   * The upload of the file: the one that carries the same bytes to the same place, or a new one
   * that takes the place of one that carries others.
   *
   * @throws dev.sluice.support.problem.ProblemException 409 when the path is a folder elsewhere,
   *     413 for a file that is too large
   */
  public Uni<Upload> begin(Mutiny.Session session, ProjectScope scope, NewFile file) {
    if (file.content().size() > config.maxFileSize()) {
      throw new FileTooLarge(file.content().size(), config.maxFileSize()).exception();
    }
    return uploads
        .lockPath(session, file.target(), file.path())
        .chain(() -> uploads.newest(session, scope, file.target(), file.path()))
        .flatMap(
            newest ->
                newest
                    .filter(upload -> serves(upload, file))
                    .map(upload -> Uni.createFrom().item(upload))
                    .orElseGet(() -> replace(session, scope, newest, file)));
  }

  private static boolean serves(Upload upload, NewFile file) {
    return switch (upload.state()) {
      case Live s -> upload.carries(file.content());
      case Completed s -> upload.carries(file.content());
      case Ignored s -> upload.carries(file.content());
      case Aborted s -> false;
      case Failed s -> false;
    };
  }

  private Uni<Upload> replace(
      Mutiny.Session session, ProjectScope scope, Optional<Upload> former, NewFile file) {
    return uploads
        .pathInTheWay(session, file.target(), file.path())
        .invoke(other -> refuse(file, other))
        .chain(() -> supersede(session, scope, former))
        .chain(() -> keyed(session, scope, planned(scope, file)))
        .call(upload -> uploads.insert(session, upload))
        .call(upload -> sayIgnored(session, upload));
  }

  private static void refuse(NewFile file, Optional<String> other) {
    other.ifPresent(
        path -> {
          throw new PathTaken(file.path().value(), path).exception();
        });
  }

  /** The newer content wins; parts of the older one end in the ledger's clean-up. */
  private Uni<Void> supersede(Mutiny.Session session, ProjectScope scope, Optional<Upload> former) {
    if (former.isEmpty() || !(former.get().state() instanceof Live)) {
      return Uni.createFrom().voidItem();
    }
    return uploads
        .lock(session, scope, former.get().id())
        .flatMap(
            row ->
                row.map(found -> supersede(session, new LockedUpload(session, found)))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> supersede(Mutiny.Session session, LockedUpload locked) {
    if (!(locked.upload().state() instanceof Live live)) {
      return Uni.createFrom().voidItem();
    }
    Aborted aborted = live.aborted("another file was announced for this path", clock.instant());
    Upload upload = locked.become(aborted);
    return session
        .flush()
        .chain(() -> Outbox.append(session, UploadFacts.aborted(upload, aborted)));
  }

  private Upload planned(ProjectScope scope, NewFile file) {
    Instant now = clock.instant();
    return new Upload(
        UploadId.fresh(now.toEpochMilli()),
        file.target(),
        file.path(),
        file.content(),
        PartPlan.of(file.content().size()),
        ObjectKey.of(file.target().dataset(), file.target().version(), file.path()),
        Optional.empty(),
        false,
        scope.caller(),
        now,
        firstState(file, now));
  }

  /** A name whose extension promises a type that does not belong costs no bytes. */
  private UploadState firstState(NewFile file, Instant now) {
    return MediaTypes.ofExtension(file.path().extension())
        .filter(type -> !file.target().dataType().takes(type))
        .<UploadState>map(type -> new Ignored(type, file.target().dataType().refusal(type), now))
        .orElseGet(() -> new Open(now, now.plus(config.expiry())));
  }

  private Uni<Upload> keyed(Mutiny.Session session, ProjectScope scope, Upload upload) {
    return uploads
        .isTaken(session, scope, upload.key())
        .map(taken -> taken ? upload.at(upload.key().distinct(upload.id().value())) : upload);
  }

  private static Uni<Void> sayIgnored(Mutiny.Session session, Upload upload) {
    return upload.state() instanceof Ignored ignored
        ? Outbox.append(session, UploadFacts.ignored(upload, ignored))
        : Uni.createFrom().voidItem();
  }
}
