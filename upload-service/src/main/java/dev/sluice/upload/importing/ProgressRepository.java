package dev.sluice.upload.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The columns of table {@code import_job} that say how far imports are. */
@ApplicationScoped
class ProgressRepository {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Writes down how far the imports that a replica holds are.
   *
   * @param inFlight bytes in the store of files that are not complete
   */
  Uni<Void> saveAnyProject(Mutiny.Session session, UUID owner, Map<UUID, Long> inFlight) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_job j
            set files_total = p.total, files_done = p.done, files_unchanged = p.unchanged,
              files_ignored = p.ignored, files_failed = p.failed, bytes_total = p.bytes,
              bytes_done = least(p.bytes, p.sent + p.flying)
            from (
              select n.key, cast(n.value as bigint) as flying,
                count(*) filter (where f.kind <> 'archive') as total,
                count(*) filter (where f.state = 'imported') as done,
                count(*) filter (where f.state = 'unchanged' and f.kind <> 'archive') as unchanged,
                count(*) filter (where f.state = 'ignored') as ignored,
                count(*) filter (where f.state = 'failed') as failed,
                coalesce(sum(greatest(f.size, 0)) filter (where f.kind <> 'archive'
                  and f.state in ('pending', 'sending', 'imported')), 0) as bytes,
                coalesce(sum(f.size) filter (where f.state = 'imported'
                  or (f.state = 'sending' and u.state <> 'open')), 0) as sent
              from jsonb_each_text(cast(cast(:flying as text) as jsonb)) n
              join {h-schema}import_file f on f.import_id = cast(n.key as uuid)
              left join {h-schema}upload u on u.id = f.upload_id
              group by n.key, n.value) p
            where j.id = cast(p.key as uuid) and j.lease_owner = :owner and j.state = 'running'
            """)
        .setParameter("flying", json(inFlight))
        .setParameter("owner", owner)
        .executeUpdate()
        .replaceWithVoid();
  }

  private static String json(Map<UUID, Long> inFlight) {
    try {
      return JSON.writeValueAsString(inFlight);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write progress", e);
    }
  }
}
