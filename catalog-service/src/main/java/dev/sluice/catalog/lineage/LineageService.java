package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.GraphRepository.Indexed;
import dev.sluice.catalog.lineage.GraphRepository.Row;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Follows a version to what it was made from and to what was made from it. */
@ApplicationScoped
class LineageService {
  private static final int MOST_VERSIONS = 10_000;

  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final GraphRepository graph;
  private final RunRepository runs;

  LineageService(
      Transactions transactions,
      VersionLookupService lookup,
      GraphRepository graph,
      RunRepository runs) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.graph = graph;
    this.runs = runs;
  }

  /** The lineage of a version, at most {@code depth} versions away from it. */
  Uni<Lineage> of(
      ProjectScope scope, String dataset, String version, Direction direction, int depth) {
    return transactions.reading(
        session ->
            lookup
                .get(session, scope, dataset, version)
                .map(found -> found.version().id())
                .flatMap(
                    start ->
                        reach(session, scope, start, direction)
                            .flatMap(
                                near ->
                                    graph
                                        .links(session, scope, near)
                                        .map(links -> new Walk(start, links, direction, depth)))
                            .flatMap(walk -> lineage(session, scope, walk))));
  }

  private Uni<Set<UUID>> reach(
      Mutiny.Session session, ProjectScope scope, UUID start, Direction direction) {
    Uni<List<UUID>> up =
        direction == Direction.DOWN
            ? Uni.createFrom().item(List.of())
            : graph.reach(session, scope, start, true, MOST_VERSIONS);
    return up.flatMap(
        above ->
            (direction == Direction.UP
                    ? Uni.createFrom().item(List.<UUID>of())
                    : graph.reach(session, scope, start, false, MOST_VERSIONS))
                .map(
                    below -> {
                      Set<UUID> all = new LinkedHashSet<>(above);
                      all.addAll(below);
                      return all;
                    }));
  }

  private Uni<Lineage> lineage(Mutiny.Session session, ProjectScope scope, Walk walk) {
    Set<UUID> near = walk.versions();
    return graph
        .versions(session, scope, near)
        .flatMap(
            (List<Row> rows) ->
                runs.ofVersions(session, scope, List.copyOf(near))
                    .flatMap(
                        (List<RunOutput> makers) ->
                            graph
                                .indexes(session, scope, near)
                                .map(
                                    (List<Indexed> indexes) ->
                                        walk.lineage(rows, makers, indexes))));
  }
}
