package dev.sluice.support.identity;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Where a service looks up who has which role in a project. */
public interface MembershipSource {
  /** The user's role; empty for a stranger and for an unknown project. */
  Uni<Optional<Role>> roleOf(String project, String user);
}
