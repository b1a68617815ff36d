package dev.sluice.processing.run;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets callers see the runs of their projects, and learn nothing of others. */
@ApplicationScoped
class RunSightService {
  private static final int NOT_FOUND = 404;

  private final RunService runs;
  private final ProjectAccess access;

  RunSightService(RunService runs, ProjectAccess access) {
    this.runs = runs;
    this.access = access;
  }

  /** The run, when the caller has the method's role in its project. */
  Uni<Visible> of(RunId id) {
    return runs.findAnyProject(id)
        .flatMap(
            run ->
                access
                    .scope(run.project())
                    .map(scope -> new Visible(run, scope))
                    .onFailure(RunSightService::isStranger)
                    .transform(e -> new RunProblem.RunNotFound(id.toString()).exception()));
  }

  private static boolean isStranger(Throwable failure) {
    return failure instanceof ProblemException e && e.problem().status() == NOT_FOUND;
  }

  /** A run, and the proof that the caller may work on it. */
  record Visible(Run run, ProjectScope scope) {}
}
