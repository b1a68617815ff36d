package dev.sluice.catalog.garbage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.support.chaos.CrashPoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One garbage collection of a project, on one connection whose advisory lock keeps others out;
 * blocks. A collector that dies loses the connection and with it the lock; what it did holds.
 *
 * <p>Whoever makes a version writes its nodes, and gets to know its objects, within the grace
 * period before the version points at them. Both are touched then. So what is neither reached by a
 * version of the last grace period nor touched in it cannot become part of a version any more;
 * every statement that deletes asks for the latter again.
 */
final class Collector implements AutoCloseable {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();
  private static final int DRAFT_ROWS = 5_000;
  private static final int KEPT_REPORTS = 200;

  private static final String OVER =
      """
       where v.project = ? and v.state <> 'draft'
        and coalesce(v.state_at, v.sealed_at) < now() - interval '1 hour'
      """;

  private final Connection connection;
  private final Sql sql;
  private final Order order;
  private final UUID id = UUID.randomUUID();

  private Collector(Connection connection, Order order) {
    this.connection = connection;
    this.sql = new Sql(connection);
    this.order = order;
  }

  /** Begins a collection; empty while another one of the project runs. */
  static Optional<Collector> begin(DataSource database, Order order) {
    Connection connection;
    try {
      connection = database.getConnection();
    } catch (SQLException e) {
      throw new Sql.DatabaseAwayException(e);
    }
    Collector collector = new Collector(connection, order);
    try {
      if (collector.locked()) {
        collector.report();
        return Optional.of(collector);
      }
    } catch (RuntimeException e) {
      collector.close();
      throw e;
    }
    giveBack(connection);
    return Optional.empty();
  }

  /** Projects without a collection of the last hour. */
  static List<String> due(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return new Sql(connection)
          .rows(
              row -> row.getString(1),
              """
              select p.name from project p where not exists (
                select 1 from garbage_collection c
                where c.project = p.name and not c.dry_run and c.state = 'done'
                  and c.started_at > now() - interval '1 hour')
              order by p.name
              """);
    } catch (SQLException e) {
      throw new Sql.DatabaseAwayException(e);
    }
  }

  UUID id() {
    return id;
  }

  private boolean locked() {
    return sql.one(
        row -> row.getBoolean(1),
        "select pg_try_advisory_lock(hashtextextended(?, 3))",
        order.project());
  }

  private void report() {
    sql.write(
        """
        update garbage_collection set state = 'failed', ended_at = now(),
          reason = 'the service ended; the next collection goes on'
        where project = ? and state = 'running'
        """,
        order.project());
    sql.write(
        """
        insert into garbage_collection (id, project, dry_run, state, requested_by, started_at)
        values (?, ?, ?, 'running', ?, now())
        """,
        id,
        order.project(),
        order.dryRun(),
        order.requestedBy());
  }

  /** Collects, and keeps what was found. */
  Findings collect() {
    try {
      Findings findings = work();
      end("done", null, JSON.writeValueAsString(findings));
      return findings;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write findings", e);
    } catch (RuntimeException e) {
      end("failed", String.valueOf(e.getMessage()), null);
      throw e;
    }
  }

  private void end(String state, @Nullable String reason, @Nullable String findings) {
    sql.write(
        """
        update garbage_collection
        set state = ?, ended_at = now(), reason = nullif(?, ''), findings = nullif(?, '')
        where id = ?
        """,
        state,
        reason == null ? "" : reason,
        findings == null ? "" : findings,
        id);
    sql.write(
        """
        delete from garbage_collection where project = ? and id not in (
          select id from garbage_collection where project = ?
          order by started_at desc, id limit ?)
        """,
        order.project(),
        order.project(),
        KEPT_REPORTS);
  }

  private Findings work() {
    ObjectSweep objects = new ObjectSweep(sql, order.project(), order.grace());
    try (Marks marks = new Marks(sql, order.project(), order.grace());
        NodeSweep nodes = new NodeSweep(sql, order.project(), order.grace())) {
      KeySet reached = KeySet.forAbout(objects.count(), order.mostBits());
      marks.followRoots();
      objects.keysOfDrafts(reached::add);
      while (marks.followRoots() > 0) {
        // Drafts that were sealed meanwhile are trees now.
      }
      marks.objectKeys(reached::add);
      Amount nodesDeleted = nodes.find();
      if (!order.dryRun()) {
        CrashPoint.hit("catalog.garbage.afterMark");
        nodesDeleted = nodes.delete();
        CrashPoint.hit("catalog.garbage.afterNodes");
      }
      return new Findings(marks.count(), nodesDeleted, sweep(objects, reached), draftRows());
    }
  }

  private Findings.Objects sweep(ObjectSweep objects, KeySet reached) {
    boolean dryRun = order.dryRun();
    Amount spared = objects.spare(reached::has, dryRun);
    Amount due = objects.remove(reached::has, dryRun);
    if (!dryRun) {
      CrashPoint.hit("catalog.garbage.afterRemoved");
    }
    Amount deleted = objects.delete(order.fromStore(), dryRun);
    Amount doomed = objects.doom(reached::has, dryRun);
    if (!dryRun) {
      CrashPoint.hit("catalog.garbage.afterDoom");
      objects.forget(reached::has);
    }
    return new Findings.Objects(doomed, spared, dryRun ? due.and(deleted) : deleted);
  }

  /** A draft that is over has its changes in its tree, or is given up. */
  private long draftRows() {
    if (order.dryRun()) {
      return sql.one(
          row -> row.getLong(1),
          "select count(*) from draft_change c join dataset_version v on v.id = c.version_id"
              + OVER,
          order.project());
    }
    long deleted = 0;
    long batch = DRAFT_ROWS;
    while (batch == DRAFT_ROWS) {
      batch =
          sql.write(
              """
              delete from draft_change where ctid = any(array(
                select c.ctid from dataset_version v, lateral (
                  select c.ctid from draft_change c where c.version_id = v.id limit %d) c
              """
                      .formatted(DRAFT_ROWS)
                  + OVER
                  + " limit "
                  + DRAFT_ROWS
                  + "))",
              order.project());
      deleted += batch;
    }
    return deleted;
  }

  /** Lets others collect. */
  @Override
  public void close() {
    try {
      sql.rows(
          row -> row.getBoolean(1),
          "select pg_advisory_unlock(hashtextextended(?, 3))",
          order.project());
    } finally {
      giveBack(connection);
    }
  }

  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new Sql.DatabaseAwayException(e);
    }
  }

  /**
   * What is to be done.
   *
   * @param fromStore deletes objects, at most 1,000
   */
  record Order(
      String project,
      String requestedBy,
      boolean dryRun,
      Duration grace,
      long mostBits,
      Consumer<List<String>> fromStore) {}
}
