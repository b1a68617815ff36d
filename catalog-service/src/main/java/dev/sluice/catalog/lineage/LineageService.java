package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.Lineage.CollectionNode;
import dev.sluice.catalog.lineage.Lineage.Edge;
import dev.sluice.catalog.lineage.Lineage.ImportNode;
import dev.sluice.catalog.lineage.Lineage.Node;
import dev.sluice.catalog.lineage.Lineage.RunNode;
import dev.sluice.catalog.lineage.Lineage.VersionNode;
import dev.sluice.catalog.version.IndexService;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionOfDataset;
import dev.sluice.catalog.version.VersionView;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Follows a version back to its sources, and to the collections that hold its vectors. */
@ApplicationScoped
class LineageService {
  private static final int MOST_VERSIONS = 200;

  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final IndexService versions;
  private final RunRepository runs;

  LineageService(
      Transactions transactions,
      VersionLookupService lookup,
      IndexService versions,
      RunRepository runs) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.versions = versions;
    this.runs = runs;
  }

  Uni<Lineage> of(ProjectScope scope, String dataset, String version) {
    return transactions.reading(
        session ->
            lookup
                .get(session, scope, dataset, version)
                .flatMap(found -> follow(session, scope, found, new Walk()))
                .map(Walk::lineage));
  }

  private Uni<Walk> follow(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset found, Walk walk) {
    return versions
        .view(session, scope, found)
        .flatMap(
            view ->
                runs.ofVersions(session, scope, List.of(found.version().id()))
                    .invoke(makers -> walk.add(view, makers.isEmpty() ? null : makers.getFirst())))
        .flatMap(added -> next(session, scope, walk));
  }

  private Uni<Walk> next(Mutiny.Session session, ProjectScope scope, Walk walk) {
    VersionRef source = walk.open.poll();
    if (source == null) {
      return Uni.createFrom().item(walk);
    }
    return lookup
        .find(session, scope, source)
        .flatMap(
            found ->
                found.isPresent()
                    ? follow(session, scope, found.get(), walk)
                    : next(session, scope, walk.missing(source)));
  }

  /** What was seen so far and where to go next. */
  private static final class Walk {
    private final Set<Node> nodes = new LinkedHashSet<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final Set<VersionRef> seen = new LinkedHashSet<>();
    private final Deque<VersionRef> open = new ArrayDeque<>();

    void add(VersionView view, @Nullable RunOutput maker) {
      String self = Lineage.versionId(view.dataset(), view.version());
      seen.add(new VersionRef(view.dataset(), view.version()));
      nodes.add(new VersionNode(view.dataset(), view.version(), view.state(), view.digest()));
      Node made = maker == null ? null : node(view, maker);
      if (made != null) {
        nodes.add(made);
        edges.add(new Edge(made.id(), self, "output"));
      }
      String into = made == null ? self : made.id();
      view.inputs().forEach(input -> from(input, into, "input"));
      String parent = view.inheritedFrom();
      if (parent != null) {
        from(new VersionRef(view.dataset(), parent), self, "inherited");
      }
      view.indexes().forEach(index -> indexed(self, index));
    }

    private static Node node(VersionView view, RunOutput maker) {
      return view.producedBy().kind().equals("import")
          ? new ImportNode(maker.runId(), maker.requestedBy(), Origins.read(maker.sources()))
          : RunNode.of(maker);
    }

    Walk missing(VersionRef deleted) {
      nodes.add(new VersionNode(deleted.dataset(), deleted.version(), "deleted", null));
      return this;
    }

    private void from(VersionRef source, String to, String kind) {
      edges.add(new Edge(Lineage.versionId(source.dataset(), source.version()), to, kind));
      if (seen.size() < MOST_VERSIONS && seen.add(source)) {
        open.add(source);
      }
    }

    private void indexed(String self, VersionView.Index index) {
      nodes.add(new CollectionNode(index.collection(), index.points(), index.recipeDigest()));
      edges.add(new Edge(self, Lineage.collectionId(index.collection()), "indexed"));
    }

    Lineage lineage() {
      return new Lineage(List.copyOf(nodes), List.copyOf(edges));
    }
  }
}
