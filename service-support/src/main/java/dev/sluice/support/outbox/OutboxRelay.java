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
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

  private final Pool pool;
  private final Vertx vertx;
  private final KafkaSender sender;
  private final OutboxConfig config;
  private final String table;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicLong pending = new AtomicLong();
  private final Counter sent;
  private volatile @Nullable SqlConnection turn;
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
      rounds().subscribe().with(done -> finish(), this::yieldTurn);
    }
  }

  private void finish() {
    running.set(false);
    if (woken.get()) {
      wake();
    }
  }

  private void yieldTurn(Throwable failure) {
    if (!stopped) {
      LOG.warnf("outbox waits: %s", failure.toString());
    }
    SqlConnection lost = turn;
    turn = null;
    if (lost != null) {
      lost.close().subscribe().with(closed -> {}, ignored -> LOG.debug("connection was gone"));
    }
    woken.set(false);
    running.set(false);
  }

  private Uni<Void> rounds() {
    woken.set(false);
    return holdTurn()
        .flatMap(connection -> connection == null ? Uni.createFrom().item(0) : round(connection))
        .flatMap(
            said -> said == config.batch() || woken.get() ? rounds() : Uni.createFrom().voidItem());
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
    turn = connection;
    return Uni.createFrom().item(connection);
  }

  private Uni<Integer> round(SqlConnection connection) {
    return connection
        .preparedQuery("select " + OutboxEntry.COLUMNS + " from " + table + " order by id limit $1")
        .execute(Tuple.of(config.batch()))
        .map(OutboxRelay::entries)
        .flatMap(entries -> say(connection, entries));
  }

  private Uni<Integer> say(SqlConnection connection, List<OutboxEntry> entries) {
    pending.set(entries.size());
    if (entries.isEmpty()) {
      return Uni.createFrom().item(0);
    }
    CrashPoint.hit("outbox.beforeSend");
    Long[] positions = entries.stream().map(OutboxEntry::position).toArray(Long[]::new);
    return sender
        .send(entries.stream().map(e -> e.toRecord(config.source())).toList())
        .invoke(() -> CrashPoint.hit("outbox.afterSend"))
        .flatMap(
            done ->
                connection
                    .preparedQuery("delete from " + table + " where id = any($1)")
                    .execute(Tuple.of(positions)))
        .invoke(() -> sent.increment(entries.size()))
        .replaceWith(entries.size());
  }

  private static List<OutboxEntry> entries(RowSet<Row> rows) {
    List<OutboxEntry> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      entries.add(OutboxEntry.from(row));
    }
    return entries;
  }
}
