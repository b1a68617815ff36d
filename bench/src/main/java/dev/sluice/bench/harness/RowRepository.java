package dev.sluice.bench.harness;

import static java.util.stream.Collectors.joining;

import dev.sluice.events.UploadEvent.ChunkUploaded;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Business rows, the counters of their streams, and effects. */
@ApplicationScoped
class RowRepository {

  /** The next number of a stream; other transactions of the stream wait until this one ends. */
  Uni<Integer> next(Mutiny.Session session, String stream) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}stream as s (name, last) values (:stream, 1)
            on conflict (name) do update set last = s.last + 1 returning last
            """,
            Integer.class)
        .setParameter("stream", stream)
        .getSingleResult();
  }

  Uni<Void> insert(Mutiny.Session session, Fact fact) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}business_row (event_id, stream, seq) values (:id, :stream, :seq)
            """)
        .setParameter("id", fact.eventId())
        .setParameter("stream", fact.stream())
        .setParameter("seq", fact.seq())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The effect of one event. */
  Uni<Void> effect(Mutiny.Session session, UUID eventId, ChunkUploaded chunk) {
    return session
        .createNativeQuery(
            "insert into {h-schema}effect (event_id, stream, seq) values (:id, :stream, :seq)")
        .setParameter("id", eventId)
        .setParameter("stream", chunk.path())
        .setParameter("seq", chunk.partNumber())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The effects of many events, in their order, by one statement. */
  Uni<Void> effects(Mutiny.Session session, List<Fact> facts) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}effect (event_id, stream, seq)
            select cast(i as uuid), s, cast(n as int)
            from unnest(string_to_array(:ids, ','), string_to_array(:streams, ','),
                        string_to_array(:seqs, ',')) with ordinality as t(i, s, n, o)
            order by o
            """)
        .setParameter("ids", facts.stream().map(f -> f.eventId().toString()).collect(joining(",")))
        .setParameter("streams", facts.stream().map(Fact::stream).collect(joining(",")))
        .setParameter(
            "seqs", facts.stream().map(f -> Integer.toString(f.seq())).collect(joining(",")))
        .executeUpdate()
        .replaceWithVoid();
  }
}
