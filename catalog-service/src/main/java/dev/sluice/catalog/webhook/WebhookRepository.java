package dev.sluice.catalog.webhook;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Tables {@code webhook} and {@code webhook_secret}. */
@ApplicationScoped
class WebhookRepository {
  private static final String SELECT =
      """
      select id, url, description, array_to_string(types, ','), enabled, disabled_reason,
        failing_since, created_by, created_at
      from {h-schema}webhook where project = :project
      """;

  /** Webhooks of the project by id, locked against others that are being added. */
  Uni<Integer> lockAndCount(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery("select 1 from {h-schema}project where name = :project for update")
        .setParameter("project", scope.project())
        .getResultList()
        .chain(
            () ->
                session
                    .createNativeQuery(
                        """
                        select cast(count(*) as integer) from {h-schema}webhook
                        where project = :project
                        """,
                        Integer.class)
                    .setParameter("project", scope.project())
                    .getSingleResult());
  }

  Uni<List<WebhookView>> list(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(SELECT + " order by created_at, id", Object[].class)
        .setParameter("project", scope.project())
        .getResultList()
        .map(rows -> rows.stream().map(WebhookRepository::toView).toList());
  }

  /** The webhook, locked until the transaction ends. */
  Uni<Optional<WebhookView>> lock(Mutiny.Session session, ProjectScope scope, UUID id) {
    return session
        .createNativeQuery(SELECT + " and id = :id for update", Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .getSingleResultOrNull()
        .map(row -> Optional.ofNullable(row).map(WebhookRepository::toView));
  }

  Uni<Void> put(Mutiny.Session session, ProjectScope scope, WebhookView webhook) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}webhook (id, project, url, description, types, enabled,
              disabled_reason, failing_since, created_by, created_at)
            values (:id, :project, :url, nullif(:description, ''),
              string_to_array(:types, ','), :enabled, nullif(:reason, ''), null, :by, :at)
            on conflict (id) do update
            set url = excluded.url, description = excluded.description, types = excluded.types,
                enabled = excluded.enabled, disabled_reason = excluded.disabled_reason,
                failing_since =
                  case when excluded.enabled and not webhook.enabled then null
                    else webhook.failing_since end
            where webhook.project = excluded.project
            """)
        .setParameter("project", scope.project())
        .setParameter("id", webhook.id())
        .setParameter("url", webhook.url())
        .setParameter("description", orEmpty(webhook.description()))
        .setParameter("types", String.join(",", webhook.types()))
        .setParameter("enabled", webhook.enabled())
        .setParameter("reason", orEmpty(webhook.disabledReason()))
        .setParameter("by", webhook.createdBy())
        .setParameter("at", OffsetDateTime.ofInstant(webhook.createdAt(), ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Integer> remove(Mutiny.Session session, ProjectScope scope, UUID id) {
    return session
        .createNativeQuery("delete from {h-schema}webhook where project = :project and id = :id")
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .executeUpdate();
  }

  /** Adds a secret; of the former ones the newest signs on until {@code until}. */
  Uni<Void> rotate(
      Mutiny.Session session, ProjectScope scope, UUID id, Secret secret, Instant until) {
    return session
        .createNativeQuery(
            """
            with former as (
              select s.id, row_number() over (order by s.id desc) as age
              from {h-schema}webhook_secret s
              join {h-schema}webhook w on w.id = s.webhook_id and w.project = :project
              where s.webhook_id = :id),
            gone as (
              delete from {h-schema}webhook_secret s using former f
              where s.id = f.id and f.age > 1),
            ending as (
              update {h-schema}webhook_secret s set expires_at = :until
              from former f where s.id = f.id and f.age = 1)
            insert into {h-schema}webhook_secret (webhook_id, secret)
            select w.id, :secret from {h-schema}webhook w
            where w.id = :id and w.project = :project
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .setParameter("secret", secret.text())
        .setParameter("until", OffsetDateTime.ofInstant(until, ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Whether that switched the webhook off: it failed too long, or it says that it is gone. */
  Uni<Boolean> failed(Mutiny.Session session, ProjectScope scope, UUID id, Failure failure) {
    return session
        .createNativeQuery(
            """
            update {h-schema}webhook
            set failing_since = coalesce(failing_since, :now),
                enabled = not (:unwanted or coalesce(failing_since, :now) < :longest),
                disabled_reason =
                  case when :unwanted then 'the address answered 410 Gone'
                    when coalesce(failing_since, :now) < :longest
                    then 'no delivery was taken since ' || failing_since end
            where project = :project and id = :id and enabled
            returning enabled
            """,
            Boolean.class)
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .setParameter("now", OffsetDateTime.ofInstant(failure.now(), ZoneOffset.UTC))
        .setParameter("longest", OffsetDateTime.ofInstant(failure.longest(), ZoneOffset.UTC))
        .setParameter("unwanted", failure.unwanted())
        .getResultList()
        .map(enabled -> enabled.contains(false));
  }

  /** The address takes deliveries (again). */
  Uni<Void> succeeded(Mutiny.Session session, ProjectScope scope, UUID id) {
    return session
        .createNativeQuery(
            """
            update {h-schema}webhook set failing_since = null
            where project = :project and id = :id and failing_since is not null
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .executeUpdate()
        .replaceWithVoid();
  }

  private static WebhookView toView(@Nullable Object[] row) {
    String types = String.valueOf(row[3]);
    return new WebhookView(
        (UUID) Objects.requireNonNull(row[0]),
        String.valueOf(row[1]),
        (String) row[2],
        types.isEmpty() ? List.of() : Arrays.asList(types.split(",")),
        Boolean.TRUE.equals(row[4]),
        (String) row[5],
        row[6] == null ? null : instant(row[6]),
        String.valueOf(row[7]),
        instant(Objects.requireNonNull(row[8])),
        null);
  }

  private static Instant instant(Object column) {
    return column instanceof OffsetDateTime o ? o.toInstant() : (Instant) column;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * An attempt that failed.
   *
   * @param longest an address that fails since before then is switched off
   * @param unwanted whether the address said that it wants nothing any more
   */
  record Failure(Instant now, Instant longest, boolean unwanted) {}
}
