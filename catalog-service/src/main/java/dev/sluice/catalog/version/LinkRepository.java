package dev.sluice.catalog.version;

import dev.sluice.catalog.version.VersionView.Index;
import dev.sluice.catalog.version.VersionView.Links;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tables {@code version_input} and {@code version_index}. */
@ApplicationScoped
class LinkRepository {

  Uni<Links> of(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return inputs(session, scope, versionId)
        .flatMap(
            inputs ->
                indexes(session, scope, versionId).map(indexes -> new Links(inputs, indexes)));
  }

  Uni<Void> addInput(Mutiny.Session session, ProjectScope scope, UUID versionId, Input input) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}version_input (version_id, position, input_version_id)
            select :version, :position, v.id from {h-schema}dataset_version v
            where v.id = :input and v.project = :project
            on conflict do nothing
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("position", input.position())
        .setParameter("input", input.versionId())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** A version that was merged in, once; it stands behind the others. */
  Uni<Void> addMerged(Mutiny.Session session, ProjectScope scope, UUID versionId, UUID other) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}version_input (version_id, position, input_version_id, kind)
            select :version, (
                select coalesce(max(i.position), -1) + 1 from {h-schema}version_input i
                where i.version_id = :version),
              v.id, 'merged' from {h-schema}dataset_version v
            where v.id = :other and v.project = :project and not exists (
              select 1 from {h-schema}version_input i
              where i.version_id = :version and i.input_version_id = v.id)
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("other", other)
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Void> putIndex(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Index index, String model) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}version_index
              (version_id, collection, recipe_digest, points, model, indexed_at)
            select v.id, :collection, :recipe, :points, :model, :at
            from {h-schema}dataset_version v where v.id = :version and v.project = :project
            on conflict (version_id, collection) do update
            set recipe_digest = excluded.recipe_digest, points = excluded.points,
                model = excluded.model, indexed_at = excluded.indexed_at
            where version_index.indexed_at <= excluded.indexed_at
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("collection", index.collection())
        .setParameter("recipe", index.recipeDigest())
        .setParameter("points", index.points())
        .setParameter("model", model)
        .setParameter("at", OffsetDateTime.ofInstant(index.at(), ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  private static Uni<List<VersionRef>> inputs(
      Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return session
        .createNativeQuery(
            """
            select d.name, v.number from {h-schema}version_input i
            join {h-schema}dataset_version v on v.id = i.input_version_id and v.project = :project
            join {h-schema}dataset d on d.id = v.dataset_id
            where i.version_id = :version order by i.position
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .getResultList()
        .map(rows -> rows.stream().map(r -> new VersionRef((String) r[0], "v" + r[1])).toList());
  }

  private static Uni<List<Index>> indexes(
      Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return session
        .createNativeQuery(
            """
            select i.collection, i.points, i.recipe_digest, i.indexed_at
            from {h-schema}version_index i
            join {h-schema}dataset_version v on v.id = i.version_id and v.project = :project
            where i.version_id = :version order by i.collection
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .getResultList()
        .map(rows -> rows.stream().map(LinkRepository::toIndex).toList());
  }

  private static Index toIndex(Object[] row) {
    return new Index(
        (String) row[0], ((Number) row[1]).longValue(), (String) row[2], instant(row[3]));
  }

  private static Instant instant(Object column) {
    return switch (column) {
      case Instant i -> i;
      case OffsetDateTime o -> o.toInstant();
      default -> throw new IllegalStateException("no instant: " + column.getClass());
    };
  }

  /** One of the versions that a version was made from. */
  record Input(int position, UUID versionId) {}
}
