package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.GraphRepository.Indexed;
import dev.sluice.catalog.lineage.GraphRepository.Row;
import dev.sluice.catalog.lineage.GraphRepository.Uploaded;
import dev.sluice.catalog.lineage.Lineage.Cut;
import dev.sluice.catalog.lineage.Walk.Reached;
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
import org.jspecify.annotations.Nullable;

/**
 * Follows a version to what it was made from and to what was made from it: seven statements,
 * however many versions there are.
 */
@ApplicationScoped
public class LineageService {
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
  public Uni<Lineage> of(
      ProjectScope scope, String dataset, String version, Direction direction, int depth) {
    return transactions.reading(
        session ->
            lookup
                .get(session, scope, dataset, version)
                .flatMap(found -> of(session, scope, found.version().id(), direction, depth)));
  }

  /** The lineage of the version with that id, in whatever state. */
  public Uni<Lineage> of(
      Mutiny.Session session, ProjectScope scope, UUID start, Direction direction, int depth) {
    return reach(session, scope, start, direction)
        .flatMap(
            reached ->
                graph
                    .links(session, scope, reached.versions())
                    .map(links -> new Walk(start, reached, links, direction, depth)))
        .flatMap(walk -> lineage(session, scope, walk));
  }

  private Uni<Reached> reach(
      Mutiny.Session session, ProjectScope scope, UUID start, Direction direction) {
    return reach(session, scope, start, direction != Direction.DOWN, true)
        .flatMap(
            above ->
                reach(session, scope, start, direction != Direction.UP, false)
                    .map(below -> together(above, below)));
  }

  private Uni<List<UUID>> reach(
      Mutiny.Session session, ProjectScope scope, UUID start, boolean wanted, boolean up) {
    return wanted
        ? graph.reach(session, scope, start, up, MOST_VERSIONS + 1)
        : Uni.createFrom().item(List.of());
  }

  private static Reached together(List<UUID> above, List<UUID> below) {
    Set<UUID> all = new LinkedHashSet<>(nearest(above));
    all.addAll(nearest(below));
    boolean cut = above.size() > MOST_VERSIONS || below.size() > MOST_VERSIONS;
    @Nullable Cut why = cut ? new Cut("versions", MOST_VERSIONS) : null;
    return new Reached(all, why);
  }

  private static List<UUID> nearest(List<UUID> some) {
    return some.subList(0, Math.min(some.size(), MOST_VERSIONS));
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
                                .uploads(session, scope, near)
                                .flatMap(
                                    (List<Uploaded> uploads) ->
                                        graph
                                            .indexes(session, scope, near)
                                            .map(
                                                (List<Indexed> indexes) ->
                                                    walk.lineage(
                                                        rows, makers, uploads, indexes)))));
  }
}
