package dev.sluice.catalog.member;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.ProjectNotFound;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code member}. */
@ApplicationScoped
class MemberRepository {
  private final Clock clock;

  MemberRepository(Clock clock) {
    this.clock = clock;
  }

  Uni<List<Member>> page(Mutiny.Session session, ProjectScope scope, PageRequest page) {
    return session
        .createQuery(
            """
            from MemberEntity m where m.id.project = :project and m.id.user > :after
            order by m.id.user
            """,
            MemberEntity.class)
        .setParameter("project", scope.project())
        .setParameter("after", page.after())
        .setMaxResults(page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(m -> new Member(m.id.user(), Role.of(m.role))).toList());
  }

  Uni<Optional<Role>> role(Mutiny.Session session, ProjectScope scope, String user) {
    return session
        .createQuery(
            "select m.role from MemberEntity m where m.id.project = :project and m.id.user = :user",
            String.class)
        .setParameter("project", scope.project())
        .setParameter("user", user)
        .getSingleResultOrNull()
        .map(role -> Optional.ofNullable(role).map(Role::of));
  }

  /** Locks the project, so that its facts keep their order and two owners cannot both leave. */
  Uni<Void> lockProject(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            "select name from {h-schema}project where name = :project for update", String.class)
        .setParameter("project", scope.project())
        .getSingleResultOrNull()
        .onItem()
        .ifNull()
        .failWith(() -> new ProjectNotFound(scope.project()).exception())
        .replaceWithVoid();
  }

  Uni<List<String>> owners(Mutiny.Session session, ProjectScope scope) {
    return session
        .createQuery(
            """
            select m.id.user from MemberEntity m
            where m.id.project = :project and m.role = 'owner' order by m.id.user
            """,
            String.class)
        .setParameter("project", scope.project())
        .setMaxResults(2)
        .getResultList();
  }

  Uni<Void> put(Mutiny.Session session, ProjectScope scope, Member member) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}member (project, user_name, role, changed_at)
            values (:project, :user, :role, :now)
            on conflict (project, user_name)
            do update set role = excluded.role, changed_at = excluded.changed_at
            """)
        .setParameter("project", scope.project())
        .setParameter("user", member.user())
        .setParameter("role", member.role().text())
        .setParameter("now", OffsetDateTime.now(clock))
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Integer> remove(Mutiny.Session session, ProjectScope scope, String user) {
    return session
        .createMutationQuery(
            "delete from MemberEntity m where m.id.project = :project and m.id.user = :user")
        .setParameter("project", scope.project())
        .setParameter("user", user)
        .executeUpdate();
  }
}
