package dev.sluice.catalog.edit;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.file.Content;
import dev.sluice.catalog.file.TreeConflicts;
import dev.sluice.catalog.file.TreeService;
import dev.sluice.catalog.version.DraftEditService;
import dev.sluice.catalog.version.DraftEditService.EditedDraft;
import dev.sluice.events.VersionRef;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Summary;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Does the edits of a file to a draft: all of them or none. They come into a tree beside the draft
 * while others may write; the draft is locked only to take that tree over. Where the draft changed
 * meanwhile, they are done again while it is locked.
 */
@ApplicationScoped
class EditService {
  private final Transactions transactions;
  private final DraftEditService drafts;
  private final SourceService sources;
  private final TreeService trees;
  private final EditConfig config;

  EditService(
      Transactions transactions,
      DraftEditService drafts,
      SourceService sources,
      TreeService trees,
      EditConfig config) {
    this.transactions = transactions;
    this.drafts = drafts;
    this.sources = sources;
    this.trees = trees;
    this.config = config;
  }

  /** Whether the version takes edits: 404 or 409 when it does not. */
  Uni<Void> check(ProjectScope scope, VersionRef name) {
    return transactions
        .reading(session -> drafts.look(session, scope, name.dataset(), name.version()))
        .replaceWithVoid();
  }

  /** Does the edits; 400 names the line, the field and the value at fault. */
  Uni<EditCounts> edit(ProjectScope scope, VersionRef name, Path lines) {
    return transactions
        .reading(
            session ->
                drafts
                    .look(session, scope, name.dataset(), name.version())
                    .flatMap(draft -> walk(session, scope, draft, lines)))
        .invoke(() -> CrashPoint.hit("catalog.edit.afterNodes"))
        .flatMap(
            edited ->
                transactions.in(
                    session ->
                        drafts
                            .lock(session, scope, name.dataset(), name.version())
                            .flatMap(draft -> take(session, scope, draft, edited, lines))))
        .invoke(() -> CrashPoint.hit("catalog.edit.afterCommit"));
  }

  private Uni<EditCounts> take(
      Mutiny.Session session, ProjectScope scope, EditedDraft locked, Edited edited, Path lines) {
    Uni<Edited> current =
        locked.content().root().equals(edited.before())
            ? Uni.createFrom().item(edited)
            : walk(session, scope, locked, lines);
    return current
        .call(
            now -> drafts.change(session, scope, locked, now.after(), entry(locked, now.counts())))
        .invoke(() -> CrashPoint.hit("catalog.edit.beforeCommit"))
        .map(Edited::counts);
  }

  private static AuditEntry entry(EditedDraft draft, EditCounts counts) {
    return DraftEditService.entry(AuditAction.VERSION_EDITED, draft)
        .with("put", counts.put())
        .with("removed", counts.removed())
        .with("moved", counts.moved());
  }

  private Uni<Edited> walk(
      Mutiny.Session session, ProjectScope scope, EditedDraft draft, Path file) {
    Digest before = draft.content().root();
    String dataset = draft.draft().dataset().name();
    EditWalk walk = new EditWalk(before);
    return Contexts.blocking(() -> EditLines.of(file, config.blockLines()))
        .flatMap(
            lines ->
                Multi.createBy()
                    .repeating()
                    .uni(() -> block(session, scope, dataset, walk, lines))
                    .whilst(more -> more)
                    .collect()
                    .last()
                    .eventually(lines::close))
        .chain(
            () ->
                trees.with(
                    scope,
                    tree -> {
                      TreeConflicts.refuse(tree, before, walk.root());
                      return edited(before, walk, tree.summary(walk.root()));
                    }));
  }

  private Uni<Boolean> block(
      Mutiny.Session session, ProjectScope scope, String dataset, EditWalk walk, EditLines lines) {
    return Contexts.blocking(lines::next)
        .flatMap(
            (List<Edit> block) ->
                block.isEmpty()
                    ? Uni.createFrom().item(false)
                    : sources
                        .of(session, scope, dataset, block)
                        .flatMap(
                            found ->
                                trees.with(
                                    scope,
                                    tree -> {
                                      walk.take(tree, block, found);
                                      return true;
                                    })));
  }

  private static Edited edited(Digest before, EditWalk walk, Summary after) {
    return new Edited(
        before,
        new Content(walk.root(), after.files(), after.bytes()),
        new EditCounts(walk.put(), walk.removed(), walk.moved(), after.files(), after.bytes()));
  }

  /**
   * What edits make of a draft.
   *
   * @param before the draft's tree that they were done to
   */
  private record Edited(Digest before, Content after, EditCounts counts) {}
}
