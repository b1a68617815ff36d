package dev.sluice.catalog.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.sluice.catalog.webhook.WebhookView.Delivery;
import dev.sluice.catalog.webhook.WebhookView.Try;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Tables {@code webhook_delivery} and {@code webhook_attempt}. */
@ApplicationScoped
class DeliveryRepository {
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();
  private static final TypeReference<List<Try>> TRIES = new TypeReference<>() {};

  /**
   * Claims what is due. A delivery waits while an earlier one of its dataset is tried for the first
   * three times; after that others go past it, so that one that is never taken holds up nobody.
   */
  Uni<List<Message>> claimAnyProject(Mutiny.Session session, Room room) {
    return session
        .createNativeQuery(
            """
            with due as (
              select d.id, row_number() over (partition by d.webhook_id order by d.id)
                + (select count(*) from {h-schema}webhook_delivery b
                   where b.webhook_id = d.webhook_id and b.state = 'pending'
                     and b.claimed_until > :now) as place
              from {h-schema}webhook_delivery d
              join {h-schema}webhook w on w.id = d.webhook_id and w.enabled
              where d.state = 'pending' and d.next_at <= :now
                and (d.claimed_until is null or d.claimed_until <= :now)
                and not exists (
                  select 1 from {h-schema}webhook_delivery e
                  where e.webhook_id = d.webhook_id and e.key = d.key and e.id < d.id
                    and e.state = 'pending' and e.tries < 3)),
            chosen as (
              select d.id from {h-schema}webhook_delivery d
              where d.id in (select id from due where place <= :ofOne order by id limit :limit)
                and d.state = 'pending' and d.next_at <= :now
                and (d.claimed_until is null or d.claimed_until <= :now)
              for update skip locked)
            update {h-schema}webhook_delivery d
            set claim = d.claim + 1, claimed_until = :until
            from chosen c, {h-schema}webhook w
            where d.id = c.id and w.id = d.webhook_id
            returning d.id, d.claim, d.tries, d.webhook_id, d.project, w.url, d.event_id, d.type,
              d.occurred_at, d.payload, (
                select string_agg(s.secret, ' ' order by s.id desc)
                from {h-schema}webhook_secret s
                where s.webhook_id = w.id and (s.expires_at is null or s.expires_at > :now))
            """,
            Object[].class)
        .setParameter("now", at(room.now()))
        .setParameter("until", at(room.until()))
        .setParameter("ofOne", room.ofOne())
        .setParameter("limit", room.limit())
        .getResultList()
        .map(rows -> rows.stream().map(DeliveryRepository::toMessage).toList());
  }

  /** Writes down an attempt and what follows; false when a newer claim has made it void. */
  Uni<Boolean> record(
      Mutiny.Session session, ProjectScope scope, Message message, Attempt attempt, Next next) {
    return session
        .createNativeQuery(
            """
            with d as (
              update {h-schema}webhook_delivery
              set state = :state, tries = tries + 1, attempts = attempts + 1,
                  claimed_until = null, next_at = :next,
                  ended_at = case when :state = 'pending' then null
                    else cast(:at as timestamptz) end
              where id = :id and claim = :claim and project = :project and state = 'pending'
              returning id, attempts)
            insert into {h-schema}webhook_attempt (delivery_id, number, at, status, error, millis)
            select d.id, d.attempts, :at, nullif(:status, 0), nullif(:error, ''), :millis from d
            """)
        .setParameter("project", scope.project())
        .setParameter("id", message.id())
        .setParameter("claim", message.claim())
        .setParameter("state", next.state())
        .setParameter("next", at(next.at()))
        .setParameter("at", at(attempt.at()))
        .setParameter("status", attempt.status() == null ? 0 : attempt.status())
        .setParameter("error", attempt.error() == null ? "" : attempt.error())
        .setParameter("millis", attempt.millis())
        .executeUpdate()
        .map(rows -> rows > 0);
  }

  /** Deliveries of a webhook before an id, newest first, with their attempts. */
  Uni<List<Delivery>> log(
      Mutiny.Session session, ProjectScope scope, UUID webhook, long before, int limit) {
    return session
        .createNativeQuery(
            """
            select d.id, d.event_id, d.type, d.occurred_at, d.state, d.attempts, d.next_at, (
              select coalesce(cast(jsonb_agg(jsonb_build_object('number', a.number, 'at', a.at,
                'status', a.status, 'error', a.error, 'millis', a.millis) order by a.number)
                as text), '[]')
              from {h-schema}webhook_attempt a where a.delivery_id = d.id)
            from {h-schema}webhook_delivery d
            where d.project = :project and d.webhook_id = :webhook and d.id < :before
            order by d.id desc limit :limit
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("webhook", webhook)
        .setParameter("before", before)
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(DeliveryRepository::toDelivery).toList());
  }

  /** Sends one delivery again; 0 when there is none. */
  Uni<Integer> replay(Mutiny.Session session, ProjectScope scope, UUID webhook, long id) {
    return session
        .createNativeQuery(
            """
            update {h-schema}webhook_delivery
            set state = 'pending', tries = 0, next_at = now(), ended_at = null
            where project = :project and webhook_id = :webhook and id = :id
            """)
        .setParameter("project", scope.project())
        .setParameter("webhook", webhook)
        .setParameter("id", id)
        .executeUpdate();
  }

  /** Sends what ended, of facts of a period, again. */
  Uni<Integer> replay(Mutiny.Session session, ProjectScope scope, UUID webhook, Range range) {
    return session
        .createNativeQuery(
            """
            update {h-schema}webhook_delivery
            set state = 'pending', tries = 0, next_at = now(), ended_at = null
            where project = :project and webhook_id = :webhook
              and occurred_at >= :from and occurred_at < :to
              and (state = 'failed' or (state = 'delivered' and not :failedOnly))
            """)
        .setParameter("project", scope.project())
        .setParameter("webhook", webhook)
        .setParameter("from", at(range.from()))
        .setParameter("to", at(range.to()))
        .setParameter("failedOnly", range.failedOnly())
        .executeUpdate();
  }

  /** A delivery that is no fact of the project. */
  Uni<Void> addPing(Mutiny.Session session, ProjectScope scope, UUID webhook, Ping ping) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}webhook_delivery
              (webhook_id, project, event_id, type, key, payload, occurred_at)
            select id, project, :event, 'dev.sluice.Ping.v1', 'ping', :payload, :at
            from {h-schema}webhook where id = :webhook and project = :project
            """)
        .setParameter("project", scope.project())
        .setParameter("webhook", webhook)
        .setParameter("event", ping.id())
        .setParameter("payload", ping.payload())
        .setParameter("at", at(ping.at()))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Forgets at most {@code limit} deliveries that ended before then. */
  Uni<Integer> forgetAnyProject(Mutiny.Session session, Instant before, int limit) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}webhook_delivery where id in (
              select id from {h-schema}webhook_delivery
              where state <> 'pending' and ended_at < :before
              order by ended_at limit :limit for update skip locked)
            """)
        .setParameter("before", at(before))
        .setParameter("limit", limit)
        .executeUpdate();
  }

  private static Message toMessage(@Nullable Object[] row) {
    return new Message(
        ((Number) known(row[0])).longValue(),
        ((Number) known(row[1])).intValue(),
        ((Number) known(row[2])).intValue(),
        (UUID) known(row[3]),
        known(row[4]).toString(),
        known(row[5]).toString(),
        (UUID) known(row[6]),
        known(row[7]).toString(),
        instant(known(row[8])),
        known(row[9]).toString(),
        Arrays.stream(known(row[10]).toString().split(" ")).map(Secret::new).toList());
  }

  private static Delivery toDelivery(@Nullable Object[] row) {
    String state = known(row[4]).toString();
    return new Delivery(
        ((Number) known(row[0])).longValue(),
        "msg_" + known(row[1]).toString().replace("-", ""),
        known(row[2]).toString(),
        instant(known(row[3])),
        state,
        ((Number) known(row[5])).intValue(),
        state.equals("pending") ? instant(known(row[6])) : null,
        tries(known(row[7]).toString()));
  }

  private static List<Try> tries(String json) {
    try {
      return JSON.readValue(json, TRIES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read attempts", e);
    }
  }

  private static Object known(@Nullable Object column) {
    return Objects.requireNonNull(column);
  }

  private static Instant instant(Object column) {
    return column instanceof OffsetDateTime o ? o.toInstant() : (Instant) column;
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /**
   * How much may be claimed.
   *
   * @param until when another replica may take it over
   */
  record Room(Instant now, Instant until, int ofOne, int limit) {}

  /** What follows an attempt. */
  record Next(String state, Instant at) {}

  /** Facts of a period, its end not part of it. */
  record Range(Instant from, Instant to, boolean failedOnly) {}

  /** A test. */
  record Ping(UUID id, String payload, Instant at) {}
}
