package dev.sluice.support.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** The principal of the current request, as its verified token names it. */
@ApplicationScoped
public class CurrentCaller {
  /** Role claim of Sluice's own services. */
  static final String SERVICE = "service";

  private final SecurityIdentity identity;

  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The user's or service's name. */
  public String name() {
    return identity.getPrincipal().getName();
  }

  /** Whether one of Sluice's own services calls. */
  public boolean isService() {
    return identity.hasRole(SERVICE);
  }
}
