package dev.sluice.catalog.comparison;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.comparison.MergeProblem.MergeConflict;
import dev.sluice.catalog.comparison.MergeView.Merged;
import dev.sluice.catalog.comparison.MergeView.Restored;
import dev.sluice.catalog.comparison.MergeWalk.Resolution;
import dev.sluice.catalog.comparison.RestoreWalk.Wanted;
import dev.sluice.catalog.file.Content;
import dev.sluice.catalog.file.TreeConflicts;
import dev.sluice.catalog.file.TreeService;
import dev.sluice.catalog.version.DraftEditService;
import dev.sluice.catalog.version.DraftEditService.EditedDraft;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionTreeService;
import dev.sluice.events.VersionRef;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.Summary;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Brings what another version has into a locked draft; what they share is not looked at. */
@ApplicationScoped
class MergeService {
  private final Transactions transactions;
  private final DraftEditService drafts;
  private final VersionLookupService lookup;
  private final VersionTreeService versions;
  private final TreeService trees;

  MergeService(
      Transactions transactions,
      DraftEditService drafts,
      VersionLookupService lookup,
      VersionTreeService versions,
      TreeService trees) {
    this.transactions = transactions;
    this.drafts = drafts;
    this.lookup = lookup;
    this.versions = versions;
    this.trees = trees;
  }

  /**
   * Brings in what another version of the dataset did since both began at the same one; 409 naming
   * the paths that both made different things of.
   */
  Uni<Merged> merge(ProjectScope scope, VersionRef into, String from, Resolution resolution) {
    return transactions.in(
        session ->
            drafts
                .lock(session, scope, into.dataset(), into.version())
                .flatMap(
                    draft ->
                        lookup
                            .get(session, scope, into.dataset(), from)
                            .flatMap(
                                other ->
                                    merge(session, scope, draft, other.version(), resolution))));
  }

  private Uni<Merged> merge(
      Mutiny.Session session,
      ProjectScope scope,
      EditedDraft draft,
      Version other,
      Resolution resolution) {
    return versions
        .ancestor(session, scope, draft.draft().version(), other)
        .flatMap(
            base ->
                base(session, scope, draft, base)
                    .flatMap(
                        root ->
                            versions
                                .root(session, scope, other)
                                .map(theirs -> new Sides(root, theirs, other)))
                    .flatMap(
                        sides -> trees.with(scope, tree -> merged(tree, draft, sides, resolution)))
                    .call(
                        done ->
                            drafts.change(
                                session, scope, draft, done.content(), entry(draft, other, done)))
                    .call(() -> drafts.merged(session, scope, draft, other))
                    .invoke(() -> CrashPoint.hit("catalog.merge.beforeCommit"))
                    .map(done -> done.view(number(base))));
  }

  private static AuditEntry entry(EditedDraft draft, Version other, Done done) {
    return DraftEditService.entry(AuditAction.VERSION_MERGED, draft)
        .with("from", other.number())
        .with("taken", done.taken())
        .with("resolved", done.resolved());
  }

  private static AuditEntry entry(EditedDraft draft, VersionRef from, Done done) {
    return DraftEditService.entry(AuditAction.VERSION_RESTORED, draft)
        .with("from", from.dataset() + "@" + from.version())
        .with("changed", done.taken());
  }

  private Uni<Digest> base(
      Mutiny.Session session, ProjectScope scope, EditedDraft draft, Optional<Version> base) {
    if (base.isEmpty()) {
      return Uni.createFrom().item(VersionTreeService.beginning());
    }
    return base.get().id().equals(draft.draft().version().id())
        ? Uni.createFrom().item(draft.content().root())
        : versions.root(session, scope, base.get());
  }

  private static @Nullable String number(Optional<Version> base) {
    return base.map(version -> version.number().toString()).orElse(null);
  }

  private static Done merged(
      ManifestTree tree, EditedDraft draft, Sides sides, Resolution resolution) {
    Digest ours = draft.content().root();
    MergeWalk walk = new MergeWalk(tree, ours, resolution);
    walk.run(sides.base(), sides.theirs());
    List<String> conflicts = walk.conflicts();
    if (!conflicts.isEmpty()) {
      List<String> named = conflicts.subList(0, Math.min(conflicts.size(), MergeWalk.NAMED));
      String from = sides.other().number().toString();
      throw new MergeConflict(from, named, named.size() == conflicts.size()).exception();
    }
    TreeConflicts.refuse(tree, ours, walk.root());
    return new Done(content(tree, walk.root()), walk.taken(), walk.resolved());
  }

  /** Gives paths, or all below a prefix, what another version has there. */
  Uni<Restored> restore(ProjectScope scope, VersionRef into, VersionRef from, Wanted wanted) {
    return transactions.in(
        session ->
            drafts
                .lock(session, scope, into.dataset(), into.version())
                .flatMap(
                    draft ->
                        versions
                            .root(session, scope, from)
                            .flatMap(
                                source ->
                                    trees.with(
                                        scope, tree -> restored(tree, draft, source, wanted)))
                            .call(
                                d ->
                                    drafts.change(
                                        session, scope, draft, d.content(), entry(draft, from, d)))
                            .invoke(() -> CrashPoint.hit("catalog.restore.beforeCommit"))
                            .map(Done::restored)));
  }

  private static Done restored(ManifestTree tree, EditedDraft draft, Digest source, Wanted wanted) {
    Digest ours = draft.content().root();
    RestoreWalk walk = new RestoreWalk(tree, ours);
    walk.run(source, wanted);
    TreeConflicts.refuse(tree, ours, walk.root());
    return new Done(content(tree, walk.root()), walk.changed(), 0);
  }

  private static Content content(ManifestTree tree, Digest root) {
    Summary summary = tree.summary(root);
    return new Content(root, summary.files(), summary.bytes());
  }

  /** The tree that both began with, and that of the other version. */
  private record Sides(Digest base, Digest theirs, Version other) {}

  /** A draft's new content, and how it came. */
  private record Done(Content content, long taken, long resolved) {
    Merged view(@Nullable String base) {
      return new Merged(base, taken, resolved, content.files(), content.bytes());
    }

    Restored restored() {
      return new Restored(taken, content.files(), content.bytes());
    }
  }
}
