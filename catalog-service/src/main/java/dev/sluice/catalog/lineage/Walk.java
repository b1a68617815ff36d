package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.GraphRepository.Indexed;
import dev.sluice.catalog.lineage.GraphRepository.Link;
import dev.sluice.catalog.lineage.GraphRepository.Row;
import dev.sluice.catalog.lineage.Lineage.CollectionNode;
import dev.sluice.catalog.lineage.Lineage.Edge;
import dev.sluice.catalog.lineage.Lineage.ImportNode;
import dev.sluice.catalog.lineage.Lineage.Node;
import dev.sluice.catalog.lineage.Lineage.RunNode;
import dev.sluice.catalog.lineage.Lineage.VersionNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The versions around one, in steps away from it, and what is known of them. */
final class Walk {
  private final List<Link> links = new ArrayList<>();
  private final Set<UUID> versions = new LinkedHashSet<>();

  Walk(UUID start, List<Link> all, Direction direction, int depth) {
    versions.add(start);
    if (direction != Direction.DOWN) {
      follow(start, all, Link::to, Link::from, depth);
    }
    if (direction != Direction.UP) {
      follow(start, all, Link::from, Link::to, depth);
    }
    all.stream()
        .filter(link -> versions.contains(link.from()) && versions.contains(link.to()))
        .forEach(links::add);
  }

  private void follow(
      UUID start, List<Link> all, Function<Link, UUID> near, Function<Link, UUID> far, int depth) {
    Map<UUID, List<UUID>> next = new HashMap<>();
    all.forEach(
        link ->
            next.computeIfAbsent(near.apply(link), id -> new ArrayList<>()).add(far.apply(link)));
    Set<UUID> seen = new LinkedHashSet<>(Set.of(start));
    List<UUID> front = List.of(start);
    for (int step = 0; step < depth && !front.isEmpty(); step++) {
      List<UUID> reached = new ArrayList<>();
      for (UUID at : front) {
        next.getOrDefault(at, List.of()).stream().filter(seen::add).forEach(reached::add);
      }
      front = reached;
    }
    versions.addAll(seen);
  }

  /** The versions, those on the way up first. */
  Set<UUID> versions() {
    return versions;
  }

  /** What is known of them, as nodes and edges. */
  Lineage lineage(List<Row> rows, List<RunOutput> makers, List<Indexed> indexes) {
    Map<UUID, Row> byId = new HashMap<>();
    rows.forEach(row -> byId.put(row.id(), row));
    Map<UUID, Node> made = new HashMap<>();
    makers.forEach(maker -> made.put(maker.versionId(), maker(byId.get(maker.versionId()), maker)));
    Map<String, Node> nodes = new LinkedHashMap<>();
    Set<Edge> edges = new LinkedHashSet<>();
    for (UUID id : versions) {
      Row row = byId.get(id);
      if (row != null) {
        put(nodes, new VersionNode(row.dataset(), row.version(), row.state(), row.digest()));
      }
      Node maker = made.get(id);
      if (row != null && maker != null) {
        put(nodes, maker);
        edges.add(new Edge(maker.id(), name(row), "output"));
      }
    }
    for (Link link : links) {
      Row from = byId.get(link.from());
      Row to = byId.get(link.to());
      if (from != null && to != null) {
        Node maker = link.kind().equals("input") ? made.get(link.to()) : null;
        String into = maker == null ? name(to) : maker.id();
        edges.add(new Edge(name(from), into, link.kind()));
      }
    }
    for (Indexed index : indexes) {
      Row row = byId.get(index.version());
      if (row != null) {
        Node collection =
            new CollectionNode(index.collection(), index.points(), index.recipeDigest());
        put(nodes, collection);
        edges.add(new Edge(name(row), collection.id(), "indexed"));
      }
    }
    return new Lineage(List.copyOf(nodes.values()), List.copyOf(edges));
  }

  private static Node maker(@Nullable Row row, RunOutput maker) {
    return row != null && row.producedBy().equals("import")
        ? new ImportNode(maker.runId(), maker.requestedBy(), Origins.read(maker.sources()))
        : RunNode.of(maker);
  }

  private static void put(Map<String, Node> nodes, Node node) {
    nodes.putIfAbsent(node.id(), node);
  }

  private static String name(Row row) {
    return Lineage.versionId(row.dataset(), row.version());
  }
}
