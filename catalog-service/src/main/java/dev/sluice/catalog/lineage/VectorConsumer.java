package dev.sluice.catalog.lineage;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.lineage.RunProblem.UnknownVersion;
import dev.sluice.catalog.version.IndexService;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionNumber;
import dev.sluice.catalog.version.VersionView.Index;
import dev.sluice.events.SluiceEvent;
import dev.sluice.events.VectorEvent.VectorsIndexed;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.inbox.Inbox;
import dev.sluice.support.inbox.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Topic {@code sluice.vectors}. */
@ApplicationScoped
class VectorConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED = Set.of(VectorsIndexed.class);

  private final Inbox inbox;
  private final IndexService indexes;

  VectorConsumer(Inbox inbox, IndexService indexes) {
    this.inbox = inbox;
    this.indexes = indexes;
  }

  @Incoming("vectors")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("catalog-vectors", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    VectorsIndexed e = (VectorsIndexed) received.event();
    ProjectScope scope = ProjectScope.system(e.project());
    return indexes
        .find(session, scope, new DatasetId(e.datasetId()), VersionNumber.of(e.version()))
        .map(found -> found.map(Version::id).orElseThrow(() -> unknown(e)))
        .flatMap(id -> indexes.indexed(session, scope, id, indexOf(e), String.valueOf(e.model())));
  }

  private static Index indexOf(VectorsIndexed e) {
    return new Index(e.collection(), e.points(), String.valueOf(e.recipeDigest()), e.occurredAt());
  }

  private static RuntimeException unknown(VectorsIndexed e) {
    return new UnknownVersion(e.project(), e.dataset(), e.version()).exception();
  }
}
