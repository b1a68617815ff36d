package dev.sluice.upload.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of table {@code import_seen}: what imports brought into a dataset last. */
@ApplicationScoped
class SeenRepository {

  /** Those of the paths that an import from this source brought into the dataset. */
  Uni<Map<String, Seen>> find(
      Mutiny.Session session,
      ProjectScope scope,
      UUID datasetId,
      String source,
      List<String> paths) {
    return session
        .createNativeQuery(
            """
            select s.path, s.tag, s.size, s.state, s.reason, s.sha256, s.version
            from {h-schema}import_seen s
            join {h-schema}dataset d on d.id = s.dataset_id and d.project = :project
            where s.dataset_id = :dataset and s.source = :source and s.path = any(array(
              select p from jsonb_array_elements_text(cast(cast(:paths as text) as jsonb)) p))
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .setParameter("source", source)
        .setParameter("paths", json(paths))
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .map(Seen::of)
                    .collect(Collectors.toMap(Seen::path, Function.identity())));
  }

  /**
   * Brings files that did not change once more, which costs no bytes, unless the draft began with
   * the very version that has them.
   *
   * @param keys of the sources, in their order
   */
  Uni<Integer> bringAgain(
      Mutiny.Session session,
      ProjectScope scope,
      ImportId id,
      List<String> keys,
      Optional<String> base) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_file f set state = 'pending', sha256 = s.sha256
            from {h-schema}import_job j, {h-schema}import_seen s
            where j.id = f.import_id and j.project = :project and f.import_id = :id
              and f.state = 'unchanged'
              and s.dataset_id = j.dataset_id and s.path = f.path
              and s.source = (string_to_array(:keys, ','))[f.source_no + 1]
              and s.state in ('imported', 'expanded') and s.version is distinct from nullif(:base, '')
            """)
        .setParameter("keys", String.join(",", keys))
        .setParameter("base", base.orElse(""))
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .executeUpdate();
  }

  /** Whether any file that was brought differs from what was there before. */
  Uni<Boolean> isNew(Mutiny.Session session, ProjectScope scope, ImportId id, List<String> keys) {
    return session
        .createNativeQuery(
            """
            select 1 from {h-schema}import_file f
            join {h-schema}import_job j on j.id = f.import_id and j.project = :project
            where f.import_id = :id and f.state = 'imported' and not exists (
              select 1 from {h-schema}import_seen s
              where s.dataset_id = j.dataset_id and s.path = f.path and s.state = 'imported'
                and s.source = (string_to_array(:keys, ','))[f.source_no + 1]
                and s.sha256 = f.sha256 and s.size = f.size)
            limit 1
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .setParameter("keys", String.join(",", keys))
        .getResultList()
        .map(rows -> !rows.isEmpty());
  }

  /**
   * Remembers what an import brought or found unchanged.
   *
   * @param keys of its sources, in their order
   * @param version where the files are now; empty when no version was made
   */
  Uni<Void> remember(
      Mutiny.Session session,
      ProjectScope scope,
      ImportId id,
      List<String> keys,
      Optional<String> version) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}import_seen as s
              (dataset_id, source, path, kind, tag, size, state, reason, sha256, version)
            select j.dataset_id, (string_to_array(:keys, ','))[f.source_no + 1], f.path, f.kind,
              f.tag, f.size, f.state, f.reason, f.sha256, nullif(:version, '')
            from {h-schema}import_file f
            join {h-schema}import_job j on j.id = f.import_id and j.project = :project
            where f.import_id = :id and f.state in ('imported', 'ignored', 'expanded', 'unchanged')
              and j.dataset_id is not null
              and exists (select 1 from {h-schema}dataset d where d.id = j.dataset_id)
            on conflict (dataset_id, source, path) do update
            set kind = excluded.kind, tag = excluded.tag, size = excluded.size,
              state = case when excluded.state = 'unchanged' then s.state else excluded.state end,
              reason = case when excluded.state = 'unchanged' then s.reason
                else excluded.reason end,
              sha256 = coalesce(excluded.sha256, s.sha256),
              version = coalesce(excluded.version, s.version)
            """)
        .setParameter("keys", String.join(",", keys))
        .setParameter("version", version.orElse(""))
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .executeUpdate()
        .replaceWithVoid();
  }

  private static String json(List<String> paths) {
    try {
      return JsonMapper.builder().build().writeValueAsString(paths);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write paths", e);
    }
  }

  /**
   * What an import brought last.
   *
   * @param state {@code imported}, {@code ignored} or {@code expanded}
   * @param version that has it
   */
  record Seen(
      String path,
      String tag,
      long size,
      String state,
      @Nullable String reason,
      @Nullable String sha256,
      @Nullable String version) {
    static Seen of(Object[] row) {
      return new Seen(
          (String) row[0],
          (String) row[1],
          ((Number) row[2]).longValue(),
          (String) row[3],
          (String) row[4],
          (String) row[5],
          (String) row[6]);
    }

    /** Whether the source has the same as then. */
    boolean isSameAs(FoundFile file) {
      return !file.tag().isEmpty() && tag.equals(file.tag()) && size == file.size();
    }
  }
}
