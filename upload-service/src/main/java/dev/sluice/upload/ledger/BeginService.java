package dev.sluice.upload.ledger;

import dev.sluice.events.SluiceEvent;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.intake.Holdings;
import dev.sluice.upload.ledger.Begun.Accepted;
import dev.sluice.upload.ledger.Begun.Refused;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Live;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Writes the first rows of uploads, or finds that files are on their way or there already. Costs
 * the same few statements for one file as for a thousand.
 */
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

  /** As the other one, when no address is given out at once. */
  public Uni<List<Begun>> begin(
      Mutiny.Session session, ProjectScope scope, List<NewFile> files, Holdings holdings) {
    return begin(session, scope, files, holdings, Optional.empty());
  }

  /**
   * The upload of each file, in the order of the files: the one that carries the same bytes to the
   * same place, or a new one that takes the place of one that carries others. A file that cannot be
   * taken does no harm to the others.
   *
   * @param files of one draft, each path once
   * @param urlsUntil until when addresses that are given out at once for files of one part are
   *     good; empty when none are
   */
  public Uni<List<Begun>> begin(
      Mutiny.Session session,
      ProjectScope scope,
      List<NewFile> files,
      Holdings holdings,
      Optional<Instant> urlsUntil) {
    Target target = files.getFirst().target();
    List<FilePath> paths = files.stream().map(NewFile::path).toList();
    return uploads
        .lockDraft(session, target)
        .chain(() -> uploads.newest(session, scope, target, paths))
        .map(newest -> newest.stream().collect(Collectors.toMap(Upload::path, u -> u)))
        .flatMap(newest -> begin(session, scope, files, newest, holdings, urlsUntil));
  }

  private Uni<List<Begun>> begin(
      Mutiny.Session session,
      ProjectScope scope,
      List<NewFile> files,
      Map<FilePath, Upload> newest,
      Holdings holdings,
      Optional<Instant> urlsUntil) {
    List<NewFile> fresh =
        files.stream().filter(f -> !serves(newest.get(f.path()), f, holdings)).toList();
    return adopt(session, scope, files, newest, holdings)
        .chain(() -> refusals(session, scope, fresh, holdings))
        .flatMap(refusals -> replace(session, scope, fresh, newest, refusals, holdings, urlsUntil))
        .map(begun -> files.stream().map(file -> outcome(file, begun, newest)).toList());
  }

  private static Begun outcome(
      NewFile file, Map<NewFile, Begun> begun, Map<FilePath, Upload> newest) {
    Begun fresh = begun.get(file);
    Upload former = newest.get(file.path());
    return fresh == null
        ? new Accepted(Objects.requireNonNull(former).knowing(file.content()), false)
        : fresh;
  }

  private static boolean serves(@Nullable Upload upload, NewFile file, Holdings holdings) {
    if (upload == null || holdings.refusalOf(file.content()).isPresent()) {
      return false;
    }
    return switch (upload.state()) {
      case Live s -> upload.mayCarry(file.content());
      case Completed s ->
          upload.carries(file.content())
              && holdings.stillHas(file.path(), upload.content().sha256(), s.since());
      case Ignored s -> isSameToIgnore(upload, file);
      case Aborted s -> false;
      case Failed s -> false;
    };
  }

  /** What was ignored for its bytes says nothing of others; what was for its name does. */
  private static boolean isSameToIgnore(Upload upload, NewFile file) {
    return upload.carries(file.content())
        || (upload.mayCarry(file.content()) && FirstRow.isRefusedByName(file));
  }

  /** A digest that an upload did not know yet is written down. */
  private Uni<Void> adopt(
      Mutiny.Session session,
      ProjectScope scope,
      List<NewFile> files,
      Map<FilePath, Upload> newest,
      Holdings holdings) {
    Map<UUID, FileContent> told = new HashMap<>();
    for (NewFile file : files) {
      Upload upload = newest.get(file.path());
      if (upload != null
          && serves(upload, file, holdings)
          && upload.content().sha256().isEmpty()
          && file.content().sha256().isPresent()) {
        told.put(upload.id().value(), file.content());
      }
    }
    return told.isEmpty()
        ? Uni.createFrom().voidItem()
        : uploads
            .lock(session, scope, told.keySet().stream().map(UploadId::new).toList())
            .invoke(rows -> rows.forEach(row -> row.tell(told.getOrDefault(row.id, row.content()))))
            .flatMap(rows -> uploads.update(session, scope, rows));
  }

  private Uni<Refusals> refusals(
      Mutiny.Session session, ProjectScope scope, List<NewFile> fresh, Holdings holdings) {
    if (fresh.isEmpty()) {
      return Uni.createFrom().item(Refusals.NONE);
    }
    Target target = fresh.getFirst().target();
    List<FilePath> paths = fresh.stream().map(NewFile::path).toList();
    Uni<Long> onTheirWay =
        holdings.quotaBytes().isEmpty()
            ? Uni.createFrom().item(0L)
            : uploads
                .lockQuota(session, scope)
                .chain(() -> uploads.bytesOnTheirWay(session, scope));
    return uploads
        .pathsInTheWay(session, target, paths)
        .flatMap(
            inTheWay ->
                onTheirWay.map(
                    bytes -> Refusals.of(fresh, Set.copyOf(inTheWay), holdings, bytes, config)));
  }

  /** The newer contents win; parts of the older ones end in the ledger's clean-up. */
  private Uni<Map<NewFile, Begun>> replace(
      Mutiny.Session session,
      ProjectScope scope,
      List<NewFile> fresh,
      Map<FilePath, Upload> newest,
      Refusals refusals,
      Holdings holdings,
      Optional<Instant> urlsUntil) {
    Map<NewFile, Begun> begun = new HashMap<>();
    List<NewFile> taken = new ArrayList<>();
    fresh.forEach(
        file ->
            refusals
                .of(file)
                .ifPresentOrElse(
                    problem -> begun.put(file, new Refused(file, problem)), () -> taken.add(file)));
    if (taken.isEmpty()) {
      return Uni.createFrom().item(begun);
    }
    return supersede(session, scope, taken, newest)
        .chain(() -> keyed(session, scope, planned(scope, taken, holdings, urlsUntil.isPresent())))
        .call(rows -> uploads.insert(session, scope, rows.values(), urlsUntil))
        .call(rows -> say(session, rows.values()))
        .map(
            rows -> {
              rows.forEach((file, upload) -> begun.put(file, new Accepted(upload, true)));
              return begun;
            });
  }

  private Uni<Void> supersede(
      Mutiny.Session session,
      ProjectScope scope,
      List<NewFile> files,
      Map<FilePath, Upload> newest) {
    List<UploadId> former =
        files.stream()
            .map(f -> newest.get(f.path()))
            .filter(upload -> upload != null && upload.state() instanceof Live)
            .map(Upload::id)
            .toList();
    return former.isEmpty()
        ? Uni.createFrom().voidItem()
        : uploads
            .lock(session, scope, former)
            .map(rows -> new LockedUploads(session, scope, uploads, rows))
            .flatMap(this::abort);
  }

  private Uni<Void> abort(LockedUploads locked) {
    List<SluiceEvent> facts = new ArrayList<>();
    for (LockedUpload each : locked.each()) {
      if (each.upload().state() instanceof Live live) {
        Aborted aborted = live.aborted("another file was announced for this path", clock.instant());
        facts.add(UploadFacts.aborted(each.become(aborted), aborted));
      }
    }
    return locked.write().chain(() -> Outbox.appendAll(locked.session(), facts));
  }

  private Map<NewFile, Upload> planned(
      ProjectScope scope, List<NewFile> files, Holdings holdings, boolean urlsGiven) {
    FirstRow rows = new FirstRow(config, clock.instant(), scope.caller(), urlsGiven);
    return files.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                file -> rows.of(file, holdings.of(file.content())),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private Uni<Map<NewFile, Upload>> keyed(
      Mutiny.Session session, ProjectScope scope, Map<NewFile, Upload> planned) {
    List<ObjectKey> keys =
        planned.values().stream().filter(u -> !u.held()).map(Upload::key).toList();
    return uploads
        .taken(session, scope, keys)
        .map(
            taken -> {
              planned.replaceAll(
                  (file, upload) ->
                      !upload.held() && taken.contains(upload.key().value())
                          ? upload.at(upload.key().distinct(upload.id().value()))
                          : upload);
              return planned;
            });
  }

  private static Uni<Void> say(Mutiny.Session session, Collection<Upload> uploads) {
    List<SluiceEvent> facts = new ArrayList<>();
    for (Upload upload : uploads) {
      if (upload.state() instanceof Ignored ignored) {
        facts.add(UploadFacts.ignored(upload, ignored));
      } else if (upload.state() instanceof Completed completed) {
        facts.add(UploadFacts.completed(upload, completed));
      }
    }
    return Outbox.appendAll(session, facts);
  }
}
