package dev.sluice.catalog.version;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.catalog.version.VersionState.Purged;
import dev.sluice.catalog.version.VersionState.Released;
import dev.sluice.catalog.version.VersionState.Sealed;
import dev.sluice.catalog.version.VersionState.Withdrawn;
import dev.sluice.events.DatasetEvent;
import dev.sluice.events.DatasetEvent.VersionPurged;
import dev.sluice.events.DatasetEvent.VersionReleased;
import dev.sluice.events.DatasetEvent.VersionWithdrawn;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Brings locked versions whose content is final from state to state, and says so. */
@ApplicationScoped
public class StateService {
  private final VersionRepository versions;
  private final SealService seals;
  private final AuditService audit;
  private final Clock clock;

  StateService(VersionRepository versions, SealService seals, AuditService audit, Clock clock) {
    this.versions = versions;
    this.seals = seals;
    this.audit = audit;
    this.clock = clock;
  }

  /** Withdraws a locked version, or gives up the files of a withdrawn one; else nothing happens. */
  public Uni<VersionOfDataset> retire(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, Retirement how) {
    return switch (locked.version().state()) {
      case Sealed s when !how.purge() ->
          become(session, scope, locked, s.withdrawn(how.by(), clock.instant(), how.reason()));
      case Released s when !how.purge() ->
          become(session, scope, locked, s.withdrawn(how.by(), clock.instant(), how.reason()));
      case Withdrawn s when how.purge() ->
          become(session, scope, locked, s.purged(how.by(), clock.instant(), how.reason()));
      case Final s -> Uni.createFrom().item(locked);
      case Draft s -> Uni.createFrom().item(locked);
      case Dropped s -> Uni.createFrom().item(locked);
    };
  }

  Uni<VersionOfDataset> become(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, Final next) {
    Version changed = locked.version().in(next);
    return versions
        .save(session, scope, changed)
        .invoke(() -> CrashPoint.hit("catalog.state.beforeFact"))
        .chain(() -> seals.newest(session, scope, locked))
        .chain(() -> Outbox.append(session, fact(locked, next)))
        .chain(() -> audit.record(session, scope, entry(locked, next)))
        .replaceWith(locked.with(changed));
  }

  private static DatasetEvent fact(VersionOfDataset of, Final next) {
    String project = of.version().project();
    var id = of.dataset().id().value();
    String name = of.dataset().name();
    return switch (next) {
      case Released r -> new VersionReleased(project, id, name, of.number(), r.by(), r.at());
      case Withdrawn w -> new VersionWithdrawn(project, id, name, of.number(), w.by(), w.at());
      case Purged p ->
          new VersionPurged(project, id, name, of.number(), p.by(), p.reason(), p.at());
      case Sealed s -> throw new IllegalArgumentException("the seal says VersionCreated");
    };
  }

  private static AuditEntry entry(VersionOfDataset of, Final next) {
    return switch (next) {
      case Released r -> of(AuditAction.VERSION_RELEASED, of, r.reason()).by(r.by());
      case Withdrawn w -> of(AuditAction.VERSION_WITHDRAWN, of, w.reason()).by(w.by());
      case Purged p -> of(AuditAction.VERSION_PURGED, of, p.reason()).by(p.by());
      case Sealed s -> of(AuditAction.VERSION_SEALED, of, null);
    };
  }

  private static AuditEntry of(AuditAction action, VersionOfDataset found, @Nullable String why) {
    return AuditEntry.of(action, found.dataset().id().value(), found.dataset().name())
        .version(found.number())
        .because(why);
  }

  /**
   * How a version goes.
   *
   * @param purge whether its files are given up, or it is only withdrawn
   */
  public record Retirement(boolean purge, String by, @Nullable String reason) {}
}
