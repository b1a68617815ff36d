package dev.sluice.processing.run;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Shows runs to the members of their projects alone. */
@ApplicationScoped
public class RunAccessService {
  private static final int NOT_FOUND = 404;

  private final RunService runs;
  private final ProjectAccess access;

  RunAccessService(RunService runs, ProjectAccess access) {
    this.runs = runs;
    this.access = access;
  }

  /** What the caller may do in a project; 403 or 404 without the method's role. */
  Uni<ProjectScope> scope(String project) {
    return access.scope(project);
  }

  /** As {@link #visible(RunId)}, by the id in a path. */
  public Uni<Visible> visible(String id) {
    return visible(RunId.parse(id));
  }

  /** The run, when the caller has the method's role in its project; strangers learn nothing. */
  public Uni<Visible> visible(RunId id) {
    return runs.findAnyProject(id)
        .flatMap(
            run ->
                access
                    .scope(run.project())
                    .map(scope -> new Visible(run, scope))
                    .onFailure(RunAccessService::isStranger)
                    .transform(e -> new RunProblem.RunNotFound(id.toString()).exception()));
  }

  private static boolean isStranger(Throwable failure) {
    return failure instanceof ProblemException e && e.problem().status() == NOT_FOUND;
  }

  /** A run and what the caller may do in its project. */
  public record Visible(Run run, ProjectScope scope) {}
}
