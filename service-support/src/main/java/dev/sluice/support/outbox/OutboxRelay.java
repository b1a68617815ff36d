package dev.sluice.support.outbox;

import dev.sluice.support.chaos.CrashPoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says committed facts to the broker, in order for each key, at least once.
 *
 * <p>One replica of a service relays at a time: it holds a PostgreSQL advisory lock on a connection
 * of its own and reads and deletes over that same connection, so losing the connection ends its
 * turn. A commit in this process wakes it at once; a follower looks every {@code
 * sluice.outbox.follow-every} for facts of other replicas and for those whose wake-up was lost. See
 * {@code docs/adr/0003-outbox.md}.
 *
 * <p>Facts the broker has are deleted by the same statement that reads the next ones, and that
 * connection does not wait for the disk: a deletion lost in a crash means that a fact is said
 * twice, which consumers expect.
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final Long[] NONE = {};
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Pool pool;
  private final Vertx vertx;
  private final KafkaSender sender;
  private final OutboxConfig config;
  private final String table;
  private final String read;
  private final String deleteAndRead;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicLong pending = new AtomicLong();
  private final Counter sent;
  private volatile @Nullable SqlConnection turn;
  private volatile Long[] said = NONE;
  private volatile boolean stopped;
  private long timer;

  OutboxRelay(
      Pool pool,
      Vertx vertx,
      KafkaSender sender,
      OutboxConfig config,
      MeterRegistry meters,
      @ConfigProperty(name = "quarkus.hibernate-orm.database.default-schema") String schema) {
    this.pool = pool;
    this.vertx = vertx;
    this.sender = sender;
    this.config = config;
    this.table = schema + ".outbox_event";
    this.read = "select " + OutboxEntry.COLUMNS + " from " + table + " order by id limit $1";
    this.deleteAndRead =
        "with said as (delete from %s where id = any($2)) select %s from %1$s"
                .formatted(table, OutboxEntry.COLUMNS)
            + " where id <> all($2) order by id limit $1";
    this.sent = meters.counter("sluice_outbox_sent_total");
    meters.gauge("sluice_outbox_pending", pending);
  }

  void onStart(@Observes StartupEvent start) {
    timer = vertx.setPeriodic(config.followEvery().toMillis(), id -> wake());
  }

  void onStop(@Observes ShutdownEvent stop) {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /** Says what is there to say, soon; returns at once. */
  public void wake() {
    woken.set(true);
    if (!stopped && running.compareAndSet(false, true)) {
      woken.set(false);
      round().subscribe().with(this::finish, this::yieldTurn);
    }
  }

  /** Goes on from here, and not inside the round, so that no chain of rounds grows. */
  private void finish(boolean more) {
    running.set(false);
    if (more || woken.get()) {
      wake();
    }
  }

  private void yieldTurn(Throwable failure) {
    if (!stopped) {
      LOG.warnf("outbox waits: %s", failure.toString());
    }
    SqlConnection lost = turn;
    turn = null;
    said = NONE;
    if (lost == null) {
      rest();
    } else {
      released(lost).subscribe().with(closed -> rest(), ignored -> rest());
    }
  }

  private void rest() {
    woken.set(false);
    running.set(false);
  }

  /** Gives the connection back to its pool as it was: without the lock, waiting for the disk. */
  private static Uni<Void> released(SqlConnection connection) {
    return connection
        .query("select pg_advisory_unlock_all()")
        .execute()
        .flatMap(done -> connection.query("reset synchronous_commit").execute())
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onTermination()
        .call(connection::close)
        .replaceWithVoid();
  }

  /** Deletes what was said, reads what is next and says it; whether there may be more. */
  private Uni<Boolean> round() {
    return holdTurn()
        .flatMap(
            connection -> connection == null ? Uni.createFrom().item(false) : round(connection));
  }

  private Uni<@Nullable SqlConnection> holdTurn() {
    SqlConnection held = turn;
    return held != null ? Uni.createFrom().item(held) : pool.getConnection().flatMap(this::lock);
  }

  private Uni<@Nullable SqlConnection> lock(SqlConnection connection) {
    return connection
        .preparedQuery("select pg_try_advisory_lock(hashtextextended($1, 0)) as mine")
        .execute(Tuple.of(table))
        .onFailure()
        .call(connection::close)
        .flatMap(rows -> keepOrClose(connection, rows.iterator().next().getBoolean("mine")));
  }

  private Uni<@Nullable SqlConnection> keepOrClose(SqlConnection connection, boolean mine) {
    if (!mine) {
      return connection.close().replaceWith((SqlConnection) null);
    }
    return connection
        .query("set synchronous_commit = off")
        .execute()
        .onFailure()
        .call(connection::close)
        .map(done -> turn = connection);
  }

  private Uni<Boolean> round(SqlConnection connection) {
    Tuple first = Tuple.of(config.batch());
    return connection
        .preparedQuery(said.length == 0 ? read : deleteAndRead)
        .execute(said.length == 0 ? first : first.addArrayOfLong(said))
        .map(OutboxRelay::entries)
        .flatMap(this::say);
  }

  private Uni<Boolean> say(List<OutboxEntry> entries) {
    said = NONE;
    pending.set(entries.size());
    if (entries.isEmpty()) {
      return Uni.createFrom().item(false);
    }
    CrashPoint.hit("outbox.beforeSend");
    return sender
        .send(entries.stream().map(e -> e.toRecord(config.source())).toList())
        .invoke(() -> acknowledged(entries))
        .replaceWith(true);
  }

  private void acknowledged(List<OutboxEntry> entries) {
    CrashPoint.hit("outbox.afterSend");
    sent.increment(entries.size());
    said = entries.stream().map(OutboxEntry::position).toArray(Long[]::new);
  }

  private static List<OutboxEntry> entries(RowSet<Row> rows) {
    List<OutboxEntry> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      entries.add(OutboxEntry.from(row));
    }
    return entries;
  }
}
