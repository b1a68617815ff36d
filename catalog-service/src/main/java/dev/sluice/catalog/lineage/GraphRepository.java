package dev.sluice.catalog.lineage;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Versions as a graph: a few statements for however many of them. */
@ApplicationScoped
class GraphRepository {
  private static final String UP =
      """
      with recursive walk (id) as (
        select cast(:start as uuid)
        union
        select next.id from walk w, lateral (
          select i.input_version_id as id from {h-schema}version_input i where i.version_id = w.id
          union all
          select p.id from {h-schema}dataset_version v
          join {h-schema}dataset_version p
            on p.dataset_id = v.dataset_id and p.number = v.inherited_from
          where v.id = w.id) next)
      select w.id from walk w
      join {h-schema}dataset_version v on v.id = w.id and v.project = :project limit :limit
      """;
  private static final String DOWN =
      """
      with recursive walk (id) as (
        select cast(:start as uuid)
        union
        select next.id from walk w, lateral (
          select i.version_id as id from {h-schema}version_input i where i.input_version_id = w.id
          union all
          select c.id from {h-schema}dataset_version v
          join {h-schema}dataset_version c
            on c.dataset_id = v.dataset_id and c.inherited_from = v.number
          where v.id = w.id) next)
      select w.id from walk w
      join {h-schema}dataset_version v on v.id = w.id and v.project = :project limit :limit
      """;
  private static final String OF = "any(cast(string_to_array(:versions, ',') as uuid[]))";

  /** The version, and what it was made from, or what was made from it, nearest first. */
  Uni<List<UUID>> reach(
      Mutiny.Session session, ProjectScope scope, UUID version, boolean up, int limit) {
    return session
        .createNativeQuery(up ? UP : DOWN, UUID.class)
        .setParameter("start", version.toString())
        .setParameter("project", scope.project())
        .setParameter("limit", limit)
        .getResultList();
  }

  Uni<List<Row>> versions(Mutiny.Session session, ProjectScope scope, Collection<UUID> versions) {
    return session
        .createNativeQuery(
            """
            select v.id, d.name, v.number, v.produced_by, v.digest,
              case when d.deleted_at is not null or v.state = 'dropped' then 'deleted'
                else v.state end
            from {h-schema}dataset_version v join {h-schema}dataset d on d.id = v.dataset_id
            where v.project = :project and v.id =
            """
                + OF,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("versions", joined(versions))
        .getResultList()
        .map(rows -> rows.stream().map(GraphRepository::row).toList());
  }

  /** Which of the versions were made from which. */
  Uni<List<Link>> links(Mutiny.Session session, ProjectScope scope, Collection<UUID> versions) {
    return session
        .createNativeQuery(
            """
            select i.input_version_id, i.version_id, 'input' from {h-schema}version_input i
            join {h-schema}dataset_version v on v.id = i.version_id and v.project = :project
            where i.version_id = %1$s and i.input_version_id = %1$s
            union all
            select p.id, v.id, 'inherited' from {h-schema}dataset_version v
            join {h-schema}dataset_version p
              on p.dataset_id = v.dataset_id and p.number = v.inherited_from
            where v.project = :project and v.id = %1$s and p.id = %1$s
            """
                .formatted(OF),
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("versions", joined(versions))
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .map(r -> new Link((UUID) r[0], (UUID) r[1], String.valueOf(r[2])))
                    .toList());
  }

  /** Where the vectors of the versions are. */
  Uni<List<Indexed>> indexes(
      Mutiny.Session session, ProjectScope scope, Collection<UUID> versions) {
    return session
        .createNativeQuery(
            """
            select i.version_id, i.collection, i.points, i.recipe_digest
            from {h-schema}version_index i
            join {h-schema}dataset_version v on v.id = i.version_id and v.project = :project
            where i.version_id = %s order by i.version_id, i.collection
            """
                .formatted(OF),
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("versions", joined(versions))
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .map(
                        r ->
                            new Indexed(
                                (UUID) r[0],
                                String.valueOf(r[1]),
                                ((Number) r[2]).longValue(),
                                String.valueOf(r[3])))
                    .toList());
  }

  private static Row row(@Nullable Object[] row) {
    return new Row(
        (UUID) row[0],
        String.valueOf(row[1]),
        "v" + row[2],
        String.valueOf(row[3]),
        row[4] == null ? null : String.valueOf(row[4]),
        String.valueOf(row[5]));
  }

  private static String joined(Collection<UUID> versions) {
    return versions.stream().map(UUID::toString).collect(Collectors.joining(","));
  }

  /** A version. */
  record Row(
      UUID id,
      String dataset,
      String version,
      String producedBy,
      @Nullable String digest,
      String state) {}

  /** {@code from} went into {@code to}. */
  record Link(UUID from, UUID to, String kind) {}

  /** Vectors of a version. */
  record Indexed(UUID version, String collection, long points, String recipeDigest) {}
}
