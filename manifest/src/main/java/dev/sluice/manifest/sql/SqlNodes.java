package dev.sluice.manifest.sql;

import dev.sluice.manifest.NodeStore;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code manifest_node}: the nodes of one project's trees. Blocks. A node is written before,
 * and in a transaction apart from, the version that points at it; one that nobody points at is
 * garbage. A node that is there already is touched, so that the garbage collector lets it be.
 */
public final class SqlNodes implements NodeStore {
  // One id is asked for by a plan that is made once.
  private static final String LOAD_ONE =
      """
      select n.id, n.base, n.body from manifest_node n
      where n.project = (select p.number from project p where p.name = ?) and n.id = ?
      """;
  private static final String LOAD_MARKED =
      """
      select n.id, n.base, n.body, cast(cast(n.xmin as text) as bigint) from manifest_node n
      where n.project = (select p.number from project p where p.name = ?) and n.id = ?
      """;
  // A row that another transaction wrote may have other bytes: the same files, kept elsewhere.
  private static final String LOAD_PART =
      """
      select substring(n.body from ? for ?) from manifest_node n
      where n.project = (select p.number from project p where p.name = ?) and n.id = ?
        and n.xmin = cast(cast(? as text) as xid)
      """;
  private static final String LOAD =
      """
      select n.id, n.base, n.body from manifest_node n
      where n.project = (select p.number from project p where p.name = ?) and n.id = any(?)
      """;
  // By their keys, one by one: a plan made once would read the whole table for each question.
  private static final String LOAD_CHAINS =
      """
      with recursive tenant as (select p.number from project p where p.name = ?),
        chain (id, base) as (
          select n.id, n.base from manifest_node n
          where n.project = (select number from tenant) and n.id = any(?)
          union all
          select n.id, n.base from chain c cross join lateral (
            select m.id, m.base from manifest_node m
            where m.project = (select number from tenant) and m.id = c.base limit 1) n)
      select n.id, n.base, n.body from (select distinct id from chain) c cross join lateral (
        select m.id, m.base, m.body from manifest_node m
        where m.project = (select number from tenant) and m.id = c.id limit 1) n
      """;
  // A transaction that points at nodes commits later, and its flush of the log covers theirs: they
  // need none. They come sorted, so that two writers wait for each other in one direction only.
  private static final String SAVE =
      """
      insert into manifest_node (project, id, base, body, touched)
      select p.number, n.id, n.base, n.body, now()
      from project p, set_config('synchronous_commit', 'off', true),
        unnest(?, ?, ?) as n(id, base, body)
      where p.name = ?
      on conflict (project, id) do update set touched = excluded.touched
      where manifest_node.touched < excluded.touched - interval '1 hour'
      """;

  private final Connections connections;
  private final String project;

  private SqlNodes(Connections connections, String project) {
    this.connections = connections;
    this.project = project;
  }

  /** Nodes by connections of their own. */
  public static SqlNodes of(DataSource database, String project) {
    return new SqlNodes(() -> new Lease(database.getConnection(), true), project);
  }

  /** Nodes within the transaction of a connection. */
  public static SqlNodes within(Connection connection, String project) {
    return new SqlNodes(() -> new Lease(connection, false), project);
  }

  @Override
  public String tenant() {
    return project;
  }

  @Override
  public List<StoredNode> load(Collection<UUID> ids) {
    return ids.size() == 1 ? selectOne(ids.iterator().next()) : select(LOAD, ids);
  }

  @Override
  public List<StoredNode> loadChains(Collection<UUID> ids) {
    List<StoredNode> found = load(ids);
    if (found.stream().allMatch(node -> node.base() == null)) {
      return found;
    }
    Set<UUID> known = found.stream().map(StoredNode::id).collect(Collectors.toSet());
    Set<UUID> bases = new HashSet<>();
    for (StoredNode node : found) {
      UUID base = node.base();
      if (base != null && !known.contains(base)) {
        bases.add(base);
      }
    }
    if (bases.isEmpty()) {
      return found;
    }
    List<StoredNode> all = new ArrayList<>(found);
    all.addAll(select(LOAD_CHAINS, bases));
    return all;
  }

  private List<StoredNode> select(String sql, Collection<UUID> ids) {
    return run(
        db -> {
          try (PreparedStatement select = db.prepareStatement(sql)) {
            Array array = db.createArrayOf("uuid", ids.toArray());
            select.setString(1, project);
            select.setArray(2, array);
            return found(select, ids.size());
          }
        });
  }

  private List<StoredNode> selectOne(UUID id) {
    return run(
        db -> {
          try (PreparedStatement select = db.prepareStatement(LOAD_ONE)) {
            select.setString(1, project);
            select.setObject(2, id);
            return found(select, 1);
          }
        });
  }

  @Override
  public MarkedNode loadMarked(UUID id) {
    return run(
        db -> {
          try (PreparedStatement select = db.prepareStatement(LOAD_MARKED)) {
            select.setString(1, project);
            select.setObject(2, id);
            try (ResultSet row = select.executeQuery()) {
              if (!row.next()) {
                throw new NodeMissingException(id);
              }
              return new MarkedNode(node(row), row.getLong(4));
            }
          }
        });
  }

  @Override
  public byte @Nullable [] loadPart(UUID id, long mark, int from, int count) {
    return run(db -> {
          try (PreparedStatement select = db.prepareStatement(LOAD_PART)) {
            select.setInt(1, from + 1);
            select.setInt(2, count);
            select.setString(3, project);
            select.setObject(4, id);
            select.setString(5, Long.toString(mark));
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(row.getBytes(1)) : Optional.<byte[]>empty();
            }
          }
        })
        .orElse(null);
  }

  private static StoredNode node(ResultSet row) throws SQLException {
    return new StoredNode(
        row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getBytes(3));
  }

  private static List<StoredNode> found(PreparedStatement select, int expected)
      throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<StoredNode> found = new ArrayList<>(expected);
      while (rows.next()) {
        found.add(node(rows));
      }
      return found;
    }
  }

  @Override
  public void save(List<StoredNode> nodes) {
    List<StoredNode> sorted =
        nodes.stream().sorted(Comparator.comparing(StoredNode::id)).distinct().toList();
    run(
        db -> {
          try (PreparedStatement insert = db.prepareStatement(SAVE)) {
            UUID[] ids = sorted.stream().map(StoredNode::id).toArray(UUID[]::new);
            @Nullable Object[] bases = sorted.stream().map(StoredNode::base).toArray();
            byte[][] bodies = sorted.stream().map(StoredNode::body).toArray(byte[][]::new);
            insert.setArray(1, db.createArrayOf("uuid", ids));
            insert.setArray(2, db.createArrayOf("uuid", bases));
            insert.setArray(3, db.createArrayOf("bytea", bodies));
            insert.setString(4, project);
            return insert.executeUpdate();
          }
        });
  }

  private <T> T run(Work<T> work) {
    try (Lease lease = connections.lend()) {
      return work.on(lease.connection());
    } catch (SQLException e) {
      throw new NodesAwayException(e);
    }
  }

  /** What is done with a connection. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Where connections come from. */
  private interface Connections {
    Lease lend() throws SQLException;
  }

  /** A connection for a while; {@code own} ones are given back. */
  private record Lease(Connection connection, boolean own) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
      if (own) {
        connection.close();
      }
    }
  }

  /** The database did not answer as it should. */
  public static final class NodesAwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NodesAwayException(SQLException cause) {
      super("nodes of manifests cannot be read or written", cause);
    }
  }
}
