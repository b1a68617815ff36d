package dev.sluice.catalog.garbage;

import java.time.Duration;
import java.util.UUID;

/** Deletes nodes that are not marked and rested long enough. */
final class NodeSweep implements AutoCloseable {
  private static final int BATCH = 2_000;
  private static final UUID FIRST = new UUID(0, 0);

  private final Sql sql;
  private final int project;
  private final Duration grace;

  NodeSweep(Sql sql, String project, Duration grace) {
    this.sql = sql;
    this.project =
        sql.one(row -> row.getInt(1), "select number from project where name = ?", project);
    this.grace = grace;
    close();
  }

  /** Those that would go: not marked, nor what a marked one is written as a difference from. */
  Amount find() {
    sql.write(
        """
        create temporary table garbage_node as
        with recursive kept as (
          select n.id, n.base from manifest_node n
          where n.project = ? and n.base is not null
            and (n.touched >= now() - make_interval(secs => ?)
              or exists (select 1 from garbage_mark m where m.id = n.id))
          union
          select n.id, n.base from kept k
          join manifest_node n on n.project = ? and n.id = k.base)
        select n.id, octet_length(n.body) as bytes from manifest_node n
        where n.project = ? and n.touched < now() - make_interval(secs => ?)
          and not exists (select 1 from garbage_mark m where m.id = n.id)
          and not exists (select 1 from kept k where k.id = n.id)
        """,
        project,
        grace,
        project,
        project,
        grace);
    sql.write("alter table garbage_node add primary key (id)");
    return left();
  }

  /**
   * Deletes what {@link #find} found, those first that no other is written as a difference from.
   * One that somebody uses again meanwhile is touched, and spared by the statement that deletes.
   */
  Amount delete() {
    Amount before = left();
    long deleted = pass();
    while (deleted > 0) {
      deleted = pass();
    }
    Amount spared = left();
    return new Amount(before.count() - spared.count(), before.bytes() - spared.bytes());
  }

  private long pass() {
    long deleted = 0;
    UUID last = FIRST;
    UUID next = end(last);
    while (!next.equals(last)) {
      deleted +=
          sql.write(
              """
              with batch as (
                select n.id from manifest_node n
                join garbage_node g on g.id = n.id and g.id > ? and g.id <= ?
                where n.project = ? and n.touched < now() - make_interval(secs => ?)
                  and not exists (
                    select 1 from manifest_node d where d.project = n.project and d.base = n.id)
                order by n.id for update of n skip locked),
              gone as (
                delete from manifest_node n using batch b where n.project = ? and n.id = b.id
                returning n.id)
              delete from garbage_node where id in (select id from gone)
              """,
              last,
              next,
              project,
              grace,
              project);
      last = next;
      next = end(last);
    }
    return deleted;
  }

  private UUID end(UUID after) {
    return sql
        .rows(
            row -> row.getObject(1, UUID.class),
            "select id from garbage_node where id > ? order by id limit " + BATCH,
            after)
        .stream()
        .reduce(after, (first, second) -> second);
  }

  private Amount left() {
    return sql.one(Amount::of, "select count(*), coalesce(sum(bytes), 0) from garbage_node");
  }

  @Override
  public void close() {
    sql.write("drop table if exists garbage_node");
  }
}
