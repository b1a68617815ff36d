package dev.sluice.catalog.garbage;

import dev.sluice.catalog.garbage.Sql.Uuids;
import dev.sluice.manifest.NodeStore;
import dev.sluice.manifest.NodeStore.StoredNode;
import dev.sluice.manifest.Pointers;
import dev.sluice.manifest.sql.SqlNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The nodes that versions reach, in a temporary table: what is held in memory does not grow with
 * the project. Versions that went lately count, since somebody may just be making another of them.
 */
final class Marks implements AutoCloseable {
  private static final int INNER_AT_ONCE = 100;
  private static final int LEAVES_AT_ONCE = 64;
  private static final UUID FIRST = new UUID(0, 0);

  private final Sql sql;
  private final String project;
  private final Duration grace;
  private final NodeStore nodes;

  Marks(Sql sql, String project, Duration grace) {
    this.sql = sql;
    this.project = project;
    this.grace = grace;
    this.nodes = SqlNodes.within(sql.connection(), project);
    close();
    sql.write(
        """
        create temporary table garbage_mark (
          id uuid primary key, followed boolean not null default false,
          told boolean not null default false)
        """);
    sql.write("create index on garbage_mark (id) where not followed");
  }

  /**
   * Marks what the versions of now reach and was not marked before.
   *
   * @return how many trees had not been seen
   */
  long followRoots() {
    long fresh =
        sql.write(
            """
            insert into garbage_mark (id)
            select distinct cast(substr(v.root, 1, 32) as uuid) from dataset_version v
            join dataset d on d.id = v.dataset_id and d.purged_at is null
            where v.project = ? and cast(substr(v.root, 1, 32) as uuid) <> ?
              and (v.state not in ('dropped', 'purged')
                or v.state_at > now() - make_interval(secs => ?))
            on conflict do nothing
            """,
            project,
            Pointers.NOTHING,
            grace);
    follow();
    return fresh;
  }

  private void follow() {
    List<UUID> open = open();
    while (!open.isEmpty()) {
      List<UUID> inner = new ArrayList<>();
      List<UUID> children = new ArrayList<>();
      for (StoredNode node : nodes.load(open)) {
        if (Pointers.isInner(node)) {
          inner.add(node.id());
          children.addAll(Pointers.children(node));
        }
      }
      sql.write(
          """
          insert into garbage_mark (id) select distinct c from unnest(?) c
          on conflict do nothing
          """,
          new Uuids(children));
      sql.write(
          "update garbage_mark set followed = true, told = (id = any(?)) where id = any(?)",
          new Uuids(inner),
          new Uuids(open));
      open = open();
    }
  }

  private List<UUID> open() {
    return sql.rows(
        row -> row.getObject(1, UUID.class),
        "select id from garbage_mark where not followed limit " + INNER_AT_ONCE);
  }

  /** How many nodes versions reach. */
  long count() {
    return sql.one(row -> row.getLong(1), "select count(*) from garbage_mark");
  }

  /** Tells the object key of each file of each leaf that is marked and was not told before. */
  void objectKeys(Consumer<String> each) {
    UUID after = FIRST;
    List<UUID> leaves = leaves(after);
    while (!leaves.isEmpty()) {
      Pointers.objectKeys(leaves, nodes.loadChains(leaves), each);
      sql.write("update garbage_mark set told = true where id = any(?)", new Uuids(leaves));
      after = leaves.getLast();
      leaves = leaves(after);
    }
  }

  private List<UUID> leaves(UUID after) {
    return sql.rows(
        row -> row.getObject(1, UUID.class),
        "select id from garbage_mark where id > ? and not told order by id limit " + LEAVES_AT_ONCE,
        after);
  }

  @Override
  public void close() {
    sql.write("drop table if exists garbage_mark");
  }
}
