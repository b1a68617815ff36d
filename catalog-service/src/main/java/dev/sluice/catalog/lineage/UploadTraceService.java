package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.GraphRepository.Uploaded;
import dev.sluice.catalog.version.Version;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny;

/** Remembers who uploaded how much into a draft, within the intake's transaction. */
@ApplicationScoped
public class UploadTraceService {
  private final GraphRepository graph;

  UploadTraceService(GraphRepository graph) {
    this.graph = graph;
  }

  /** Uploads that came into a locked draft; those of an import are the import's. */
  public Uni<Void> uploaded(
      Mutiny.Session session,
      ProjectScope scope,
      Version draft,
      Collection<UploadCompleted> uploads) {
    return draft.reserved() || uploads.isEmpty()
        ? Uni.createFrom().voidItem()
        : Multi.createFrom()
            .iterable(byPerson(draft, uploads).values())
            .onItem()
            .transformToUniAndConcatenate(sum -> graph.addUpload(session, scope, sum))
            .collect()
            .last()
            .replaceWithVoid();
  }

  private static Map<String, Uploaded> byPerson(
      Version draft, Collection<UploadCompleted> uploads) {
    Map<String, Uploaded> people = new TreeMap<>();
    uploads.forEach(
        upload -> people.merge(upload.uploadedBy(), one(draft, upload), (a, b) -> sum(a, b)));
    return people;
  }

  private static Uploaded one(Version draft, UploadCompleted e) {
    return new Uploaded(draft.id(), e.uploadedBy(), 1, e.size(), e.occurredAt(), e.occurredAt());
  }

  private static Uploaded sum(Uploaded a, Uploaded b) {
    return new Uploaded(
        a.version(),
        a.by(),
        a.files() + b.files(),
        a.bytes() + b.bytes(),
        earlier(a.first(), b.first()),
        earlier(a.last(), b.last()).equals(a.last()) ? b.last() : a.last());
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
