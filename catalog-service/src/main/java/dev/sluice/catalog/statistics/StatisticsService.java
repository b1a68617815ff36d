package dev.sluice.catalog.statistics;

import dev.sluice.catalog.file.FilePath;
import dev.sluice.catalog.file.FileProblem.FileNotFound;
import dev.sluice.catalog.file.TreeService;
import dev.sluice.catalog.statistics.HistoryView.Step;
import dev.sluice.catalog.statistics.StatisticsView.Duplicates;
import dev.sluice.catalog.version.VersionTreeService;
import dev.sluice.catalog.version.VersionTreeService.Ancestor;
import dev.sluice.events.VersionRef;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.manifest.Summary;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what trees keep about themselves. */
@ApplicationScoped
class StatisticsService {
  private static final int COUNTED = 4_096;

  private final Transactions transactions;
  private final VersionTreeService versions;
  private final TreeService trees;

  StatisticsService(Transactions transactions, VersionTreeService versions, TreeService trees) {
    this.transactions = transactions;
    this.versions = versions;
    this.trees = trees;
  }

  /** The version in figures. */
  Uni<StatisticsView> statistics(ProjectScope scope, VersionRef name) {
    return transactions
        .reading(session -> versions.root(session, scope, name))
        .flatMap(
            root ->
                trees.with(
                    scope,
                    tree -> {
                      Summary summary = tree.summary(root);
                      return StatisticsView.of(
                          name.version(), summary, duplicates(tree, root, summary));
                    }));
  }

  private static Duplicates duplicates(ManifestTree tree, Digest root, Summary summary) {
    if (summary.files() >= COUNTED) {
      double share = summary.sample().spare();
      return new Duplicates(Math.round(share * summary.files()), share, false);
    }
    Set<Digest> contents = new HashSet<>();
    Iterator<Entry> entries = tree.entries(root);
    entries.forEachRemaining(entry -> contents.add(entry.sha256()));
    long spare = summary.files() - contents.size();
    return new Duplicates(spare, summary.files() == 0 ? 0 : spare / (double) summary.files(), true);
  }

  /** What the version and those that it began with did to a path; 404 when none knew it. */
  Uni<HistoryView> history(ProjectScope scope, VersionRef name, FilePath path) {
    return transactions
        .reading(session -> versions.line(session, scope, name))
        .flatMap(line -> trees.with(scope, tree -> history(tree, line, path)));
  }

  private static HistoryView history(ManifestTree tree, List<Ancestor> line, FilePath path) {
    PathKey key = PathKey.of(path.value());
    List<Step> steps = new ArrayList<>();
    Digest root = ManifestTree.EMPTY;
    Entry before = null;
    for (Ancestor version : line) {
      Entry now = before;
      if (!version.root().equals(root)) {
        root = version.root();
        now = tree.find(root, key).orElse(null);
      }
      Step step = step(version.number(), before, now);
      if (step != null) {
        steps.add(step);
      }
      before = now;
    }
    if (steps.isEmpty()) {
      throw new FileNotFound(path.value()).exception();
    }
    return new HistoryView(path.value(), List.copyOf(steps.reversed()));
  }

  private static @Nullable Step step(String version, @Nullable Entry before, @Nullable Entry now) {
    if (now == null) {
      return before == null ? null : new Step(version, "removed", null, null, null);
    }
    if (before != null && before.sameContent(now)) {
      return null;
    }
    return new Step(
        version,
        before == null ? "added" : "changed",
        now.size(),
        now.sha256().hex(),
        now.mediaType());
  }
}
