package dev.sluice.catalog.garbage;

import dev.sluice.catalog.garbage.Sql.Keys;
import dev.sluice.support.chaos.CrashPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Leads objects that no file points at out of the store, in steps that each hold after a crash.
 *
 * <p>A doomed object is told to nobody, but a file that points at it, because its upload was told
 * before, takes it back. Once it is removed no file can: the same row decides, and only then do its
 * bytes go. Its key stays as gone, so that a late word about it finds no bytes rather than wrong
 * ones.
 */
final class ObjectSweep {
  private static final int PAGE = 1_000;

  private final Sql sql;
  private final String project;
  private final Duration grace;

  ObjectSweep(Sql sql, String project, Duration grace) {
    this.sql = sql;
    this.project = project;
    this.grace = grace;
  }

  /** How many objects files may point at. */
  long count() {
    return sql.one(
        row -> row.getLong(1), "select count(*) from stored_object where project = ?", project);
  }

  /** Tells the object keys of the changes of all drafts. */
  void keysOfDrafts(Consumer<String> each) {
    for (String draft : drafts()) {
      String after = "";
      List<Change> page = changes(draft, after);
      while (!page.isEmpty()) {
        page.stream().map(Change::key).filter(key -> !key.isEmpty()).forEach(each);
        after = page.getLast().path();
        page = changes(draft, after);
      }
    }
  }

  private List<String> drafts() {
    return sql.rows(
        row -> row.getString(1),
        "select cast(id as text) from dataset_version where project = ? and state = 'draft'",
        project);
  }

  private List<Change> changes(String draft, String after) {
    return sql.rows(
        row -> new Change(row.getString(1), row.getString(2)),
        """
        select path, coalesce(object_key, '') from draft_change
        where version_id = cast(? as uuid) and path > ? order by path limit %d
        """
            .formatted(PAGE),
        draft,
        after);
  }

  /** Takes doomed objects back that files point at. */
  Amount spare(Predicate<String> reached, boolean dryRun) {
    return each(
        "state = 'doomed'",
        reached,
        keys ->
            sql.one(
                Amount::of,
                """
                with batch as (
                  select object_key from stored_object
                  where project = ? and object_key = any(?) and state = 'doomed'
                  order by object_key for update),
                spared as (
                  update stored_object o set state = 'held', state_at = now() from batch b
                  where o.project = ? and o.object_key = b.object_key returning o.size)
                select count(*), coalesce(sum(size), 0) from spared
                """,
                project,
                keys,
                project),
        dryRun);
  }

  /** Removes doomed objects whose time is over and that no file points at. */
  Amount remove(Predicate<String> reached, boolean dryRun) {
    return each(
        "state = 'doomed' and state_at < now() - make_interval(secs => " + seconds() + ")",
        reached.negate(),
        keys -> leave(keys, "doomed", "removed"),
        dryRun);
  }

  /** Deletes the bytes of objects that are removed, whoever removed them. */
  Amount delete(Consumer<List<String>> fromStore, boolean dryRun) {
    return each(
        "state = 'removed'",
        key -> true,
        keys -> {
          fromStore.accept(List.copyOf(keys.all()));
          CrashPoint.hit("catalog.garbage.afterBytes");
          return gone(keys);
        },
        dryRun);
  }

  private Amount gone(Keys keys) {
    return sql.one(
        Amount::of,
        """
        with gone as (
          update stored_object set state = 'gone', state_at = now()
          where project = ? and object_key = any(?) and state = 'removed' returning size)
        select count(*), coalesce(sum(size), 0) from gone
        """,
        project,
        keys);
  }

  /** Dooms objects that no file points at and that rested long enough. */
  Amount doom(Predicate<String> reached, boolean dryRun) {
    return each(
        "state = 'held' and touched < now() - make_interval(secs => " + seconds() + ")",
        reached.negate(),
        keys -> leave(keys, "held", "doomed"),
        dryRun);
  }

  /**
   * Forgets keys that no file names and that are gone for a month and since before every draft: no
   * word about them can come any more.
   */
  void forget(Predicate<String> reached) {
    each(
        """
        state = 'gone' and state_at < now() - interval '30 days' and not exists (
          select 1 from dataset_version v
          where v.project = stored_object.project and v.state = 'draft'
            and v.created_at < stored_object.state_at)
        """,
        reached.negate(),
        keys -> {
          sql.write(
              """
              delete from stored_object
              where project = ? and object_key = any(?) and state = 'gone'
              """,
              project,
              keys);
          return Amount.NONE;
        },
        false);
  }

  private Amount leave(Keys keys, String from, String to) {
    return sql.one(
        Amount::of,
        """
        with batch as (
          select object_key from stored_object
          where project = ? and object_key = any(?) and state = ?
            and touched < now() - make_interval(secs => ?)
          order by object_key for update skip locked),
        moved as (
          update stored_object o set state = ?, state_at = now() from batch b
          where o.project = ? and o.object_key = b.object_key returning o.size)
        select count(*), coalesce(sum(size), 0) from moved
        """,
        project,
        keys,
        from,
        grace,
        to,
        project);
  }

  private Amount each(
      String condition, Predicate<String> wanted, Function<Keys, Amount> work, boolean dryRun) {
    Amount amount = Amount.NONE;
    List<Row> page = page(condition, "");
    while (!page.isEmpty()) {
      List<Row> some = page.stream().filter(row -> wanted.test(row.key())).toList();
      if (dryRun) {
        amount = amount.and(new Amount(some.size(), some.stream().mapToLong(Row::size).sum()));
      } else if (!some.isEmpty()) {
        amount = amount.and(work.apply(new Keys(some.stream().map(Row::key).toList())));
      }
      page = page(condition, page.getLast().key());
    }
    return amount;
  }

  private List<Row> page(String condition, String after) {
    return sql.rows(
        Row::of,
        "select object_key, size from stored_object where project = ? and object_key > ? and "
            + condition
            + " order by object_key limit "
            + PAGE,
        project,
        after);
  }

  private double seconds() {
    return grace.toMillis() / 1_000.0;
  }

  /** An object. */
  private record Row(String key, long size) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(row.getString(1), row.getLong(2));
    }
  }

  /** A path of a draft; the key is empty where it is taken out. */
  private record Change(String path, String key) {}
}
