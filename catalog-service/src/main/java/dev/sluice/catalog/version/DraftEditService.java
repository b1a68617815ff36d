package dev.sluice.catalog.version;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.file.Content;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.version.VersionProblem.VersionSealed;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives people's drafts other files, many at once, within the caller's transaction. */
@ApplicationScoped
public class DraftEditService {
  private final VersionLookupService lookup;
  private final VersionRepository versions;
  private final LinkRepository links;
  private final FileSetService files;
  private final AuditService audit;

  DraftEditService(
      VersionLookupService lookup,
      VersionRepository versions,
      LinkRepository links,
      FileSetService files,
      AuditService audit) {
    this.links = links;
    this.audit = audit;
    this.lookup = lookup;
    this.versions = versions;
    this.files = files;
  }

  /** A people's draft and what it holds now; 409 for a sealed version and for a run's draft. */
  public Uni<EditedDraft> look(
      Mutiny.Session session, ProjectScope scope, String dataset, String version) {
    return lookup
        .get(session, scope, dataset, version)
        .flatMap(found -> held(session, scope, found));
  }

  /** As {@link #look}, and nobody else changes it until the transaction ends. */
  public Uni<EditedDraft> lock(
      Mutiny.Session session, ProjectScope scope, String dataset, String version) {
    return lookup
        .lock(session, scope, dataset, version)
        .flatMap(found -> held(session, scope, found));
  }

  /** Gives a locked draft another tree; what lay on the old one is in it. */
  public Uni<Void> replace(
      Mutiny.Session session, ProjectScope scope, EditedDraft locked, Content content) {
    Version draft = locked.draft().version();
    return files
        .forget(session, scope, draft.fileSet())
        .chain(() -> versions.save(session, scope, draft.with(content)))
        .chain(() -> versions.edited(session, scope, draft.id()));
  }

  /** As {@link #replace}, and the change is in the audit. */
  public Uni<Void> change(
      Mutiny.Session session,
      ProjectScope scope,
      EditedDraft locked,
      Content content,
      AuditEntry what) {
    return replace(session, scope, locked, content).chain(() -> audit.record(session, scope, what));
  }

  /** Begins an entry about a draft. */
  public static AuditEntry entry(AuditAction action, EditedDraft draft) {
    VersionOfDataset of = draft.draft();
    return AuditEntry.of(action, of.dataset().id().value(), of.dataset().name())
        .version(of.number());
  }

  /** Remembers that another version was merged in: a parent besides the one it began with. */
  public Uni<Void> merged(
      Mutiny.Session session, ProjectScope scope, EditedDraft locked, Version other) {
    return links.addMerged(session, scope, locked.draft().version().id(), other.id());
  }

  private Uni<EditedDraft> held(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset found) {
    if (found.version().state() instanceof Final) {
      throw new VersionSealed(found.dataset().name(), found.number()).exception();
    }
    SealService.refuseReserved(found);
    return files
        .fold(session, scope, found.version().fileSet())
        .map(content -> new EditedDraft(found, content));
  }

  /**
   * A draft that will be edited.
   *
   * @param content of it so far, in one tree
   */
  public record EditedDraft(VersionOfDataset draft, Content content) {}
}
