package dev.sluice.support.identity;

import dev.sluice.events.DatasetEvent;
import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.MemberRemoved;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A service's own copy of the catalog's members, kept by events; a user the copy does not know yet
 * is looked up in the catalog, so that a fresh member is never taken for a stranger.
 */
@DefaultBean
@ApplicationScoped
public class MembershipCopy implements MembershipSource {
  private static final String NO_ROLE = "";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Mutiny.SessionFactory sessions;
  private final ServiceToken token;
  private final CatalogConfig config;
  private final WebClient http;

  MembershipCopy(
      Mutiny.SessionFactory sessions, ServiceToken token, CatalogConfig config, Vertx vertx) {
    this.sessions = sessions;
    this.token = token;
    this.config = config;
    this.http = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
  }

  @Override
  public Uni<Optional<Role>> roleOf(String project, String user) {
    return sessions
        .withSession(session -> find(session, project, user))
        .flatMap(
            row ->
                row.isEmpty()
                    ? askCatalog(project, user)
                    : Uni.createFrom()
                        .item(
                            Optional.ofNullable(row.getFirst())
                                .filter(r -> !r.isEmpty())
                                .map(Role::of)));
  }

  /** Takes over what a fact says about members; call it inside the consumer's transaction. */
  public Uni<Void> apply(Mutiny.Session session, DatasetEvent event) {
    return switch (event) {
      case MemberAdded e -> save(session, e.project(), e.user(), e.role(), e.occurredAt());
      case MemberRemoved e -> save(session, e.project(), e.user(), NO_ROLE, e.occurredAt());
      default -> Uni.createFrom().voidItem();
    };
  }

  private static Uni<List<String>> find(Mutiny.Session session, String project, String user) {
    return session
        .createNativeQuery(
            "select role from {h-schema}project_member where project = :p and user_name = :u",
            String.class)
        .setParameter("p", project)
        .setParameter("u", user)
        .getResultList();
  }

  private static Uni<Void> save(
      Mutiny.Session session, String project, String user, String role, Instant at) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}project_member (project, user_name, role, changed_at)
            values (:p, :u, :r, :at)
            on conflict (project, user_name) do update
            set role = excluded.role, changed_at = excluded.changed_at
            where project_member.changed_at <= excluded.changed_at
            """)
        .setParameter("p", project)
        .setParameter("u", user)
        .setParameter("r", role)
        .setParameter("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  private Uni<Optional<Role>> askCatalog(String project, String user) {
    String address =
        config.url() + "/api/v1/projects/" + encode(project) + "/members/" + encode(user);
    return token
        .bearer()
        .flatMap(
            bearer ->
                http.getAbs(address)
                    .putHeader("Authorization", bearer)
                    .timeout(config.timeout().toMillis())
                    .send())
        .map(MembershipCopy::roleIn);
  }

  private static Optional<Role> roleIn(HttpResponse<Buffer> answer) {
    return switch (answer.statusCode()) {
      case OK -> Optional.of(Role.of(answer.bodyAsJsonObject().getString("role")));
      case NOT_FOUND -> Optional.empty();
      default ->
          throw new dev.sluice.support.problem.CommonProblem.PartAway("The catalog").exception();
    };
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
