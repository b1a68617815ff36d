package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.GraphRepository.Indexed;
import dev.sluice.catalog.lineage.GraphRepository.Link;
import dev.sluice.catalog.lineage.GraphRepository.Row;
import dev.sluice.catalog.lineage.GraphRepository.Uploaded;
import dev.sluice.catalog.lineage.Lineage.CollectionNode;
import dev.sluice.catalog.lineage.Lineage.Cut;
import dev.sluice.catalog.lineage.Lineage.Edge;
import dev.sluice.catalog.lineage.Lineage.ImportNode;
import dev.sluice.catalog.lineage.Lineage.Node;
import dev.sluice.catalog.lineage.Lineage.RunNode;
import dev.sluice.catalog.lineage.Lineage.SourceNode;
import dev.sluice.catalog.lineage.Lineage.UploadNode;
import dev.sluice.catalog.lineage.Lineage.VersionNode;
import dev.sluice.events.ImportEvent.Origin;
import java.util.ArrayList;
import java.util.Collections;
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
  private final @Nullable Cut cut;
  private boolean deeper;

  Walk(UUID start, Reached reached, List<Link> found, Direction direction, int depth) {
    List<Link> all = found.stream().filter(reached::joins).toList();
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
    cut = reached.cut() != null ? reached.cut() : deeper ? new Cut("depth", depth) : null;
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
    deeper |=
        front.stream()
            .flatMap(at -> next.getOrDefault(at, List.of()).stream())
            .anyMatch(further -> !seen.contains(further));
    versions.addAll(seen);
  }

  /** The versions, those on the way up first. */
  Set<UUID> versions() {
    return versions;
  }

  /** What is known of them, as nodes and edges. */
  Lineage lineage(
      List<Row> rows, List<RunOutput> makers, List<Uploaded> uploads, List<Indexed> indexes) {
    Map<UUID, Row> byId = new HashMap<>();
    rows.forEach(row -> byId.put(row.id(), row));
    Map<UUID, Node> made = new HashMap<>();
    makers.forEach(maker -> made.put(maker.versionId(), maker(byId.get(maker.versionId()), maker)));
    Map<String, Node> nodes = new LinkedHashMap<>();
    Set<Edge> edges = new LinkedHashSet<>();
    for (UUID id : versions) {
      Row row = byId.get(id);
      if (row != null) {
        put(nodes, version(row));
      }
      Node maker = made.get(id);
      if (row != null && maker != null) {
        put(nodes, maker);
        edges.add(new Edge(maker.id(), name(row), "output"));
        if (maker instanceof ImportNode imported) {
          imported.sources().forEach(source -> add(nodes, edges, source, imported));
        }
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
    for (Uploaded upload : uploads) {
      Row row = byId.get(upload.version());
      if (row != null) {
        Node node = upload(row, upload);
        put(nodes, node);
        edges.add(new Edge(node.id(), name(row), "output"));
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
    return new Lineage(List.copyOf(nodes.values()), List.copyOf(edges), cut);
  }

  private static Node maker(@Nullable Row row, RunOutput maker) {
    return row != null && row.producedBy().equals("import")
        ? ImportNode.of(maker)
        : RunNode.of(maker);
  }

  private static VersionNode version(Row row) {
    return new VersionNode(
        row.dataset(),
        row.version(),
        row.state(),
        row.digest(),
        row.files(),
        row.bytes(),
        row.createdAt(),
        row.sealedAt());
  }

  private static Node upload(Row row, Uploaded of) {
    return new UploadNode(
        row.dataset(), row.version(), of.by(), of.files(), of.bytes(), of.first(), of.last());
  }

  private static void add(
      Map<String, Node> nodes, Set<Edge> edges, Origin source, ImportNode imported) {
    Node node = new SourceNode(source.url(), source.tag());
    put(nodes, node);
    edges.add(new Edge(node.id(), imported.id(), "input"));
  }

  private static void put(Map<String, Node> nodes, Node node) {
    nodes.putIfAbsent(node.id(), node);
  }

  private static String name(Row row) {
    return Lineage.versionId(row.dataset(), row.version());
  }

  /** Versions that may be part of a walk, and whether there are more than may be. */
  record Reached(Set<UUID> versions, @Nullable Cut cut) {
    Reached {
      versions = Collections.unmodifiableSet(new LinkedHashSet<>(versions));
    }

    boolean joins(Link link) {
      return versions.contains(link.from()) && versions.contains(link.to());
    }
  }
}
