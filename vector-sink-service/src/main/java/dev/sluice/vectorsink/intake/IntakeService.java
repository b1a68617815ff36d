package dev.sluice.vectorsink.intake;

import dev.sluice.events.DatasetEvent;
import dev.sluice.events.DatasetEvent.DatasetDeleted;
import dev.sluice.events.DatasetEvent.DatasetPurged;
import dev.sluice.events.DatasetEvent.DatasetRestored;
import dev.sluice.events.DatasetEvent.FileErased;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.DatasetEvent.VersionWithdrawn;
import dev.sluice.support.identity.MembershipCopy;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.inbox.Received;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VersionLabel;
import dev.sluice.vectorsink.indexing.IndexingService;
import dev.sluice.vectorsink.recipe.RecipeService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** What a fact of the catalog means here, inside the transaction that remembers the fact. */
@ApplicationScoped
class IntakeService {
  private final MembershipCopy members;
  private final RecipeService recipes;
  private final IndexingService indexings;

  IntakeService(MembershipCopy members, RecipeService recipes, IndexingService indexings) {
    this.members = members;
    this.recipes = recipes;
    this.indexings = indexings;
  }

  Uni<Void> handle(Mutiny.Session session, Received received) {
    return received.event() instanceof DatasetEvent event
        ? handle(session, event)
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> handle(Mutiny.Session session, DatasetEvent event) {
    return members
        .apply(session, event)
        .flatMap(
            applied ->
                switch (event) {
                  case VersionCreated e -> created(session, e);
                  case VersionWithdrawn e -> withdrawn(session, e);
                  case DatasetDeleted e -> deleted(session, e);
                  case DatasetRestored e -> restored(session, e);
                  case DatasetPurged e -> purged(session, e);
                  case FileErased e ->
                      indexings.erase(session, ProjectScope.system(e.project()), e.sha256());
                  case DatasetEvent other -> Uni.createFrom().voidItem();
                });
  }

  private Uni<Void> created(Mutiny.Session session, VersionCreated event) {
    DatasetKey key = new DatasetKey(event.project(), event.dataset());
    VersionLabel version = VersionLabel.of(event.version());
    return recipes
        .find(session, ProjectScope.system(event.project()), event.datasetId())
        .flatMap(
            recipe ->
                recipe
                    .map(
                        found -> indexings.request(session, key, event.datasetId(), version, found))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> withdrawn(Mutiny.Session session, VersionWithdrawn event) {
    return indexings.withdraw(
        session,
        ProjectScope.system(event.project()),
        event.datasetId(),
        VersionLabel.of(event.version()));
  }

  private Uni<Void> deleted(Mutiny.Session session, DatasetDeleted event) {
    ProjectScope scope = ProjectScope.system(event.project());
    return recipes
        .trash(session, scope, event.datasetId())
        .chain(() -> indexings.trash(session, scope, event.datasetId()));
  }

  /** Its versions are indexed again, as they were when it was deleted. */
  private Uni<Void> restored(Mutiny.Session session, DatasetRestored event) {
    ProjectScope scope = ProjectScope.system(event.project());
    DatasetKey key = new DatasetKey(event.project(), event.dataset());
    return recipes
        .restore(session, key, event.datasetId())
        .chain(() -> indexings.restore(session, scope, event.datasetId()));
  }

  private Uni<Void> purged(Mutiny.Session session, DatasetPurged event) {
    ProjectScope scope = ProjectScope.system(event.project());
    return recipes
        .forgetTrashed(session, scope, event.datasetId())
        .chain(() -> indexings.forgetTrashed(session, scope, event.datasetId()));
  }
}
