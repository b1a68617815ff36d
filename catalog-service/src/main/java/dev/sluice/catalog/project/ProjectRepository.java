package dev.sluice.catalog.project;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code project}. */
@ApplicationScoped
class ProjectRepository {

  /** The project, or null. */
  Uni<@Nullable Project> find(Mutiny.Session session, ProjectScope scope) {
    return session
        .find(ProjectEntity.class, scope.project())
        .map(row -> row == null ? null : row.toProject());
  }

  Uni<Void> insert(Mutiny.Session session, ProjectScope scope, Project project) {
    if (!scope.project().equals(project.name())) {
      throw new IllegalArgumentException("scope of " + scope.project());
    }
    return session.persist(ProjectEntity.from(project)).call(session::flush);
  }

  /** Projects in which the user has a role, by name. */
  Uni<List<Project>> ofMemberAnyProject(Mutiny.Session session, String user, PageRequest page) {
    return session
        .createNativeQuery(
            """
            select p.name, p.display_name, p.bucket, p.created_by, p.created_at
            from {h-schema}project p
            join {h-schema}member m on m.project = p.name and m.user_name = :user
            where p.name > :after order by p.name limit :limit
            """,
            ProjectEntity.class)
        .setParameter("user", user)
        .setParameter("after", page.after())
        .setParameter("limit", page.fetch())
        .getResultList()
        .map(ProjectRepository::toProjects);
  }

  /** All projects, by name. */
  Uni<List<Project>> allAnyProject(Mutiny.Session session, PageRequest page) {
    return session
        .createQuery(
            "from ProjectEntity p where p.name > :after order by p.name", ProjectEntity.class)
        .setParameter("after", page.after())
        .setMaxResults(page.fetch())
        .getResultList()
        .map(ProjectRepository::toProjects);
  }

  private static List<Project> toProjects(List<ProjectEntity> rows) {
    return rows.stream().map(ProjectEntity::toProject).toList();
  }
}
