package dev.sluice.catalog.comparison;

import dev.sluice.catalog.comparison.DiffView.Line;
import dev.sluice.catalog.comparison.MovesCache.Pair;
import dev.sluice.catalog.file.TreeService;
import dev.sluice.catalog.version.VersionTreeService;
import dev.sluice.events.VersionRef;
import dev.sluice.manifest.Difference;
import dev.sluice.manifest.Difference.Removed;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.support.http.Cursor;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what differs between two versions; what they share is not looked at. */
@ApplicationScoped
class DiffService {
  private final Transactions transactions;
  private final VersionTreeService versions;
  private final TreeService trees;
  private final MovesCache moves = new MovesCache();

  DiffService(Transactions transactions, VersionTreeService versions, TreeService trees) {
    this.transactions = transactions;
    this.versions = versions;
    this.trees = trees;
  }

  /** A page of the differences, with the figures of all of them. */
  Uni<DiffView> page(ProjectScope scope, VersionRef from, VersionRef to, PageRequest page) {
    return pair(scope, from, to)
        .flatMap(pair -> page(scope, pair, page))
        .map(found -> new DiffView(from, to, found.moves().summary(), found.lines(), found.next()));
  }

  /** All differences, a page at a time, only as fast as they are taken. */
  Uni<Multi<List<Line>>> all(ProjectScope scope, VersionRef from, VersionRef to) {
    return pair(scope, from, to).map(pair -> all(scope, pair));
  }

  private Multi<List<Line>> all(ProjectScope scope, Pair pair) {
    return Multi.createBy()
        .repeating()
        .uni(
            Walk::new,
            walk ->
                page(scope, pair, new PageRequest(PageRequest.MAX_LIMIT, walk.after))
                    .invoke(found -> walk.after = found.after()))
        .whilst(found -> found.next() != null)
        .map(Found::lines)
        .filter(lines -> !lines.isEmpty());
  }

  private Uni<Pair> pair(ProjectScope scope, VersionRef from, VersionRef to) {
    return transactions.reading(
        session ->
            versions
                .root(session, scope, from)
                .flatMap(
                    old ->
                        versions
                            .root(session, scope, to)
                            .map(now -> new Pair(scope.project(), old, now))));
  }

  private Uni<Found> page(ProjectScope scope, Pair pair, PageRequest page) {
    return trees.with(
        scope,
        tree -> {
          Moves known = moves.get(pair, () -> Moves.of(tree.differences(pair.from(), pair.to())));
          return found(tree, pair, known, page);
        });
  }

  private static Found found(ManifestTree tree, Pair pair, Moves moves, PageRequest page) {
    Iterator<Difference> differences =
        tree.differences(pair.from(), pair.to(), PathKey.of(page.after()));
    List<Line> lines = new ArrayList<>();
    String after = page.after();
    while (differences.hasNext()) {
      Difference difference = differences.next();
      if (difference instanceof Removed && moves.gone().contains(difference.path())) {
        continue;
      }
      if (lines.size() == page.limit()) {
        return new Found(moves, lines, after, Cursor.encode(after));
      }
      PathKey old = moves.from().get(difference.path());
      lines.add(Line.of(difference, old == null ? null : old.toString()));
      after = difference.path().toString();
    }
    return new Found(moves, lines, after, null);
  }

  /** A page of lines, and how it goes on. */
  private record Found(Moves moves, List<Line> lines, String after, @Nullable String next) {}

  /** Where a reader of all pages is. */
  private static final class Walk {
    private String after = "";
  }
}
