package dev.sluice.vectorsink.indexing;

import dev.sluice.vectorsink.source.VersionPosition;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * How far the work on a version is. Each statement holds only for the generation that the work
 * began with and answers 0 when somebody asked for something else meanwhile.
 */
@ApplicationScoped
class ProgressRepository {
  private static final double MILLIS = 1000.0;

  Uni<Integer> startAnyProject(Mutiny.Session session, Indexing work) {
    return update(session, work, "pending", "state = 'indexing', next_file = 0, next_row = 0")
        .executeUpdate();
  }

  Uni<Integer> advanceAnyProject(Mutiny.Session session, Indexing work, Advance step) {
    return update(
            session,
            work,
            "indexing",
            """
            next_file = :file, next_row = :row, row_count = row_count + :rows,
            point_count = point_count + :points, attempts = 0, reason = null, not_before = now()
            """)
        .setParameter("file", step.next().file())
        .setParameter("row", step.next().row())
        .setParameter("rows", step.rows())
        .setParameter("points", step.points())
        .executeUpdate();
  }

  Uni<Integer> rewindAnyProject(Mutiny.Session session, Indexing work, String note) {
    return update(
            session,
            work,
            "indexing",
            """
            next_file = 0, next_row = 0, row_count = 0, point_count = 0,
            attempts = attempts + 1, reason = :note
            """)
        .setParameter("note", note)
        .executeUpdate();
  }

  Uni<Integer> indexedAnyProject(Mutiny.Session session, Indexing work, long points) {
    return update(
            session,
            work,
            "indexing",
            "state = 'indexed', point_count = :points, reason = null, indexed_at = now()")
        .setParameter("points", points)
        .executeUpdate();
  }

  Uni<Integer> failedAnyProject(Mutiny.Session session, Indexing work, String reason) {
    return update(session, work, "indexing", "state = 'failed', reason = :reason")
        .setParameter("reason", reason)
        .executeUpdate();
  }

  Uni<Integer> postponeAnyProject(
      Mutiny.Session session, Indexing work, Duration wait, String note) {
    return update(
            session,
            work,
            "indexing",
            """
            attempts = attempts + 1, reason = :note,
            not_before = now() + make_interval(secs => :seconds)
            """)
        .setParameter("note", note)
        .setParameter("seconds", wait.toMillis() / MILLIS)
        .executeUpdate();
  }

  private static Mutiny.MutationQuery update(
      Mutiny.Session session, Indexing work, String state, String change) {
    return session
        .createNativeQuery(
            "update {h-schema}indexing set "
                + change
                + " where id = :id and generation = :generation and state = '"
                + state
                + "'")
        .setParameter("id", work.id())
        .setParameter("generation", work.generation());
  }

  /** What one acknowledged batch adds. */
  record Advance(VersionPosition next, long rows, long points) {}
}
