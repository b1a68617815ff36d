package dev.sluice.catalog.member;

import dev.sluice.support.identity.MembershipSource;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Who has which role, from the catalog's own table: the truth, not a copy. */
@ApplicationScoped
class CatalogMembership implements MembershipSource {
  private final MemberService members;

  CatalogMembership(MemberService members) {
    this.members = members;
  }

  @Override
  public Uni<Optional<Role>> roleOf(String project, String user) {
    return members.roleOf(ProjectScope.system(project), user);
  }
}
