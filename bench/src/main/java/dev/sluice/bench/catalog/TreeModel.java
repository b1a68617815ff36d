package dev.sluice.bench.catalog;

import dev.sluice.manifest.Change;
import dev.sluice.manifest.Difference;
import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.InnerCache;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.manifest.TreeBuilder;
import dev.sluice.manifest.sql.SqlNodes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Versions as the catalog keeps them: a row with the root of a tree. */
final class TreeModel implements Contender {
  private static final int CACHED = 2_000;

  private final Connection db;
  private final ManifestTree tree;
  private final Map<Integer, Digest> roots = new HashMap<>();
  private int last;

  TreeModel(Connection db) throws SQLException {
    this.db = db;
    run("create table project (name text primary key, number integer not null)");
    run("insert into project values ('bench', 1)");
    run(
        """
        create table manifest_node (
          id uuid not null, base uuid, touched timestamptz not null, project integer not null,
          body bytea not null, primary key (project, id))
        """);
    run("alter table manifest_node alter column body set storage external");
    run("create index on manifest_node (project, base) where base is not null");
    run("create table version_row (number integer primary key, root text not null)");
    this.tree = new ManifestTree(SqlNodes.within(db, "bench"), new InnerCache(CACHED));
  }

  @Override
  public int create(Path manifest) throws Exception {
    try (ExecutorService saver = Executors.newSingleThreadExecutor()) {
      TreeBuilder builder = tree.builder(saver);
      Corpus.read(manifest, builder::add);
      return version(builder.root());
    }
  }

  @Override
  public int inherit(int parent) throws SQLException {
    return version(root(parent));
  }

  @Override
  public int commit(int parent, List<Entry> edits) throws SQLException {
    return version(tree.apply(root(parent), edits.stream().map(Change::put).toList()));
  }

  @Override
  public void diff(int from, int to, Consumer<String> taker) throws SQLException {
    Iterator<Difference> differences = tree.differences(root(from), root(to));
    while (differences.hasNext()) {
      Difference difference = differences.next();
      String sides =
          switch (difference) {
            case Added a -> "- " + a.entry().sha256();
            case Removed r -> r.was().sha256() + " -";
            case Changed c -> c.was().sha256() + " " + c.entry().sha256();
          };
      taker.accept(difference.path() + " " + sides);
    }
  }

  @Override
  public List<Entry> page(int version, String after, int limit) throws SQLException {
    Iterator<Entry> entries = tree.entries(root(version), PathKey.of(after).next(), limit);
    List<Entry> page = new ArrayList<>(limit);
    while (page.size() < limit && entries.hasNext()) {
      page.add(entries.next());
    }
    return page;
  }

  @Override
  public String stat(int version, String path) throws SQLException {
    return tree.find(root(version), PathKey.of(path))
        .map(entry -> entry.size() + " " + entry.sha256())
        .orElse("none");
  }

  @Override
  public void files(int version, Consumer<Entry> taker) throws SQLException {
    tree.entries(root(version)).forEachRemaining(taker);
  }

  /** Only the row: what else points at the nodes is for the garbage collector to find out. */
  @Override
  public void drop(int version) throws SQLException {
    run("delete from version_row where number = " + version);
  }

  void clear() throws SQLException {
    run("truncate manifest_node");
  }

  @Override
  public long bytes() throws SQLException {
    try (Statement select = db.createStatement();
        ResultSet row = select.executeQuery("select pg_total_relation_size('manifest_node')")) {
      row.next();
      return row.getLong(1);
    }
  }

  private int version(Digest root) throws SQLException {
    int number = ++last;
    try (PreparedStatement insert = db.prepareStatement("insert into version_row values (?, ?)")) {
      insert.setInt(1, number);
      insert.setString(2, root.hex());
      insert.executeUpdate();
    }
    roots.put(number, root);
    return number;
  }

  /** Known as the other model knows its version's number: whoever asks found the version first. */
  private Digest root(int version) {
    return Objects.requireNonNull(roots.get(version), "a version");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = db.createStatement()) {
      statement.execute(sql);
    }
  }
}
