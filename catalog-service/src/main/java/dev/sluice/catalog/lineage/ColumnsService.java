package dev.sluice.catalog.lineage;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Says which columns the tables of a version have; within the caller's transaction. */
@ApplicationScoped
public class ColumnsService {
  private final RunRepository runs;

  ColumnsService(RunRepository runs) {
    this.runs = runs;
  }

  /** As the run that made the version said them; none when no run did, or it did not say. */
  public Uni<List<Column>> of(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return runs.ofVersions(session, scope, List.of(versionId))
        .map(
            made ->
                made.stream()
                    .flatMap(run -> StoredJson.columns(run.details().columns()).stream())
                    .toList());
  }
}
