package dev.sluice.catalog.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
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
      select string_agg(cast(n.id as text), ',') from (
        select w.id from walk w
        join {h-schema}dataset_version v on v.id = w.id and v.project = :project
        limit :limit) n
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
      select string_agg(cast(n.id as text), ',') from (
        select w.id from walk w
        join {h-schema}dataset_version v on v.id = w.id and v.project = :project
        limit :limit) n
      """;

  /** Joined with, since an array among the conditions would be read again for every row. */
  private static final String NEAR =
      """
      with near as (
        select cast(n as uuid) as id from unnest(string_to_array(:versions, ',')) n)
      """;

  /**
   * The version, and what it was made from, or what was made from it, nearest first. A purge may
   * take the version away meanwhile: it stands alone then.
   */
  Uni<List<UUID>> reach(
      Mutiny.Session session, ProjectScope scope, UUID version, boolean up, int limit) {
    return session
        .createNativeQuery(up ? UP : DOWN, String.class)
        .setParameter("start", version.toString())
        .setParameter("project", scope.project())
        .setParameter("limit", limit)
        .getSingleResultOrNull()
        .map(ids -> Objects.requireNonNullElse(ids, version.toString()))
        .map(ids -> Arrays.stream(ids.split(",")).map(UUID::fromString).toList());
  }

  Uni<List<Row>> versions(Mutiny.Session session, ProjectScope scope, Collection<UUID> versions) {
    return near(
            session,
            scope,
            versions,
            """
            select v.id, d.name, v.number, v.produced_by, v.digest,
              case when d.deleted_at is not null or v.state = 'dropped' then 'deleted'
                else v.state end as state, v.files, v.bytes, v.created_at, v.sealed_at
            from near
            join {h-schema}dataset_version v on v.id = near.id and v.project = :project
            join {h-schema}dataset d on d.id = v.dataset_id
            """)
        .map(rows -> rows.stream().map(GraphRepository::row).toList());
  }

  /** What the versions were made from. */
  Uni<List<Link>> links(Mutiny.Session session, ProjectScope scope, Collection<UUID> versions) {
    return near(
            session,
            scope,
            versions,
            """
            select i.input_version_id as "from", i.version_id as "to", i.kind from near
            join {h-schema}version_input i on i.version_id = near.id
            union all
            select p.id, v.id, 'inherited' from near
            join {h-schema}dataset_version v on v.id = near.id and v.project = :project
            join {h-schema}dataset_version p
              on p.dataset_id = v.dataset_id and p.number = v.inherited_from
            """)
        .map(
            rows ->
                rows.stream()
                    .map(r -> new Link(id(r, "from"), id(r, "to"), r.path("kind").asText()))
                    .toList());
  }

  /** Where the vectors of the versions are. */
  Uni<List<Indexed>> indexes(
      Mutiny.Session session, ProjectScope scope, Collection<UUID> versions) {
    return near(
            session,
            scope,
            versions,
            """
            select i.version_id, i.collection, i.points, i.recipe_digest from near
            join {h-schema}version_index i on i.version_id = near.id
            join {h-schema}dataset_version v on v.id = near.id and v.project = :project
            order by i.version_id, i.collection
            """)
        .map(
            rows ->
                rows.stream()
                    .map(
                        r ->
                            new Indexed(
                                id(r, "version_id"),
                                r.path("collection").asText(),
                                r.path("points").asLong(),
                                r.path("recipe_digest").asText()))
                    .toList());
  }

  /** Who uploaded how much into the versions. */
  Uni<List<Uploaded>> uploads(
      Mutiny.Session session, ProjectScope scope, Collection<UUID> versions) {
    return near(
            session,
            scope,
            versions,
            """
            select u.version_id, u.uploaded_by, u.files, u.bytes, u.first_at, u.last_at from near
            join {h-schema}version_upload u on u.version_id = near.id
            join {h-schema}dataset_version v on v.id = near.id and v.project = :project
            order by u.version_id, u.uploaded_by
            """)
        .map(
            rows ->
                rows.stream()
                    .map(
                        r ->
                            new Uploaded(
                                id(r, "version_id"),
                                r.path("uploaded_by").asText(),
                                r.path("files").asLong(),
                                r.path("bytes").asLong(),
                                known(r, "first_at"),
                                known(r, "last_at")))
                    .toList());
  }

  /** Adds to what somebody uploaded into a version. */
  Uni<Void> addUpload(Mutiny.Session session, ProjectScope scope, Uploaded more) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}version_upload
              (version_id, uploaded_by, files, bytes, first_at, last_at)
            select v.id, :by, :files, :bytes, :first, :last
            from {h-schema}dataset_version v where v.id = :version and v.project = :project
            on conflict (version_id, uploaded_by) do update
            set files = version_upload.files + excluded.files,
                bytes = version_upload.bytes + excluded.bytes,
                first_at = least(version_upload.first_at, excluded.first_at),
                last_at = greatest(version_upload.last_at, excluded.last_at)
            """)
        .setParameter("project", scope.project())
        .setParameter("version", more.version())
        .setParameter("by", more.by())
        .setParameter("files", more.files())
        .setParameter("bytes", more.bytes())
        .setParameter("first", OffsetDateTime.ofInstant(more.first(), ZoneOffset.UTC))
        .setParameter("last", OffsetDateTime.ofInstant(more.last(), ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Rows of what is selected, in one text, since many rows cost more on their way than there. */
  private static Uni<List<JsonNode>> near(
      Mutiny.Session session, ProjectScope scope, Collection<UUID> versions, String select) {
    return session
        .createNativeQuery(
            NEAR + "select cast(json_agg(x) as text) from (" + select + ") x", String.class)
        .setParameter("project", scope.project())
        .setParameter(
            "versions", versions.stream().map(UUID::toString).collect(Collectors.joining(",")))
        .getSingleResultOrNull()
        .map(GraphRepository::rows);
  }

  private static List<JsonNode> rows(@Nullable String json) {
    JsonNode all = StoredJson.read(json);
    return all == null ? List.of() : StreamSupport.stream(all.spliterator(), false).toList();
  }

  private static Row row(JsonNode row) {
    return new Row(
        id(row, "id"),
        row.path("name").asText(),
        "v" + row.path("number").asInt(),
        row.path("produced_by").asText(),
        row.path("digest").asText(null),
        row.path("state").asText(),
        row.path("files").asLong(),
        row.path("bytes").asLong(),
        known(row, "created_at"),
        row.hasNonNull("sealed_at") ? known(row, "sealed_at") : null);
  }

  private static UUID id(JsonNode row, String column) {
    return UUID.fromString(row.path(column).asText());
  }

  private static Instant known(JsonNode row, String column) {
    return OffsetDateTime.parse(row.path(column).asText()).toInstant();
  }

  /** A version. */
  record Row(
      UUID id,
      String dataset,
      String version,
      String producedBy,
      @Nullable String digest,
      String state,
      long files,
      long bytes,
      Instant createdAt,
      @Nullable Instant sealedAt) {}

  /** {@code from} went into {@code to}. */
  record Link(UUID from, UUID to, String kind) {}

  /** Vectors of a version. */
  record Indexed(UUID version, String collection, long points, String recipeDigest) {}

  /** What somebody uploaded into a version. */
  record Uploaded(UUID version, String by, long files, long bytes, Instant first, Instant last) {}
}
