package dev.sluice.processing.intake;

import dev.sluice.events.ProcessingEvent.ProcessingRequested;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.run.RunProblem.ProjectsDiffer;
import dev.sluice.processing.run.RunService;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Holds a request of the topic to the same rules as a request over HTTP. */
@ApplicationScoped
class IntakeService {
  private final RunService runs;
  private final ProjectAccess access;

  IntakeService(RunService runs, ProjectAccess access) {
    this.runs = runs;
    this.access = access;
  }

  /** Accepts the request unless its run exists; a refusal is a {@code ProblemException}. */
  Uni<Void> requested(Mutiny.Session session, UUID eventId, ProcessingRequested request) {
    return runs.existsAnyProject(session, eventId)
        .flatMap(
            exists -> exists ? Uni.createFrom().voidItem() : accepted(session, eventId, request));
  }

  private Uni<Void> accepted(Mutiny.Session session, UUID eventId, ProcessingRequested request) {
    DataSetManifest manifest = ManifestReader.read(request.manifest());
    if (!manifest.project().equals(request.project())) {
      throw new ProjectsDiffer(request.project(), manifest.project()).exception();
    }
    return access
        .scope(request.project(), request.requestedBy(), Role.EDITOR)
        .flatMap(scope -> runs.requested(session, eventId, scope, manifest));
  }
}
