package dev.sluice.support.identity;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Remembers, for the length of a request, the role its resource method is annotated with. */
@RequestScoped
public class RequiredRole {
  private @Nullable Role role;

  /** The annotated role; a method without {@link ProjectRole} must not ask for a scope. */
  Role role() {
    if (role == null) {
      throw new IllegalStateException("the resource method carries no @ProjectRole");
    }
    return role;
  }

  void set(Role role) {
    this.role = role;
  }

  /** Reads the annotation before the method runs. */
  public static final class Filter {
    private final RequiredRole required;
    private final CurrentCaller caller;

    Filter(RequiredRole required, CurrentCaller caller) {
      this.required = required;
      this.caller = caller;
    }

    @ServerRequestFilter
    public void filter(ResourceInfo resource, ContainerRequestContext request) {
      Method method = resource.getResourceMethod();
      if (method == null) {
        return;
      }
      ProjectRole annotation = method.getAnnotation(ProjectRole.class);
      if (annotation != null) {
        required.set(annotation.value());
      }
      if (method.isAnnotationPresent(ServiceOnly.class) && !caller.isService()) {
        throw new io.quarkus.security.ForbiddenException();
      }
    }
  }
}
