package dev.sluice.support.identity;

import dev.sluice.support.problem.CommonProblem.ProjectNotFound;
import dev.sluice.support.problem.CommonProblem.RoleTooLow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Decides whether a caller may work in a project. */
@ApplicationScoped
public class ProjectAccess {
  private final MembershipSource memberships;
  private final CurrentCaller caller;
  private final RequiredRole required;

  ProjectAccess(MembershipSource memberships, CurrentCaller caller, RequiredRole required) {
    this.memberships = memberships;
    this.caller = caller;
    this.required = required;
  }

  /**
   * The scope of the current request, with the role its resource method asks for.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 for a stranger, 403 for a lower role
   */
  public Uni<ProjectScope> scope(String project) {
    if (caller.isService()) {
      return Uni.createFrom().item(new ProjectScope(project, caller.name(), Role.OWNER));
    }
    return scope(project, caller.name(), required.role());
  }

  /** The scope of a named principal, for requests that arrive as events. */
  public Uni<ProjectScope> scope(String project, String user, Role needed) {
    return memberships.roleOf(project, user).map(role -> decide(project, user, needed, role));
  }

  private static ProjectScope decide(
      String project, String user, Role needed, Optional<Role> actual) {
    Role role = actual.orElseThrow(() -> new ProjectNotFound(project).exception());
    if (!role.atLeast(needed)) {
      throw new RoleTooLow(project, role.text(), needed.text()).exception();
    }
    return new ProjectScope(project, user, role);
  }
}
