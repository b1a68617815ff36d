package dev.sluice.catalog.project;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.member.MemberService;
import dev.sluice.catalog.project.ProjectProblem.ProjectNameTaken;
import dev.sluice.events.DatasetEvent.ProjectCreated;
import dev.sluice.support.http.Idempotency;
import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.CurrentCaller;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.CommonProblem.ProjectNotFound;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Makes and finds projects. */
@ApplicationScoped
class ProjectService {
  private final Transactions transactions;
  private final ProjectRepository projects;
  private final MemberService members;
  private final ObjectStore store;
  private final AuditService audit;
  private final Idempotency idempotency;
  private final Clock clock;

  ProjectService(
      Transactions transactions,
      ProjectRepository projects,
      MemberService members,
      ObjectStore store,
      AuditService audit,
      Idempotency idempotency,
      Clock clock) {
    this.transactions = transactions;
    this.projects = projects;
    this.members = members;
    this.store = store;
    this.audit = audit;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /** Makes the project, its bucket and its first owner; a retry after a crash finds the bucket. */
  Uni<Project> create(NewProject wanted, String creator, IdempotentRequest request) {
    Project project =
        new Project(
            wanted.checkedName(),
            wanted.checkedDisplayName(),
            creator,
            clock.instant(),
            store.bucketOf(wanted.checkedName()));
    return transactions.in(
        session ->
            idempotency.once(session, request, Project.class, () -> insert(session, project)));
  }

  Uni<Project> get(ProjectScope scope) {
    return transactions
        .reading(session -> projects.find(session, scope))
        .map(project -> existing(scope, project));
  }

  Uni<Page<Project>> list(CurrentCaller caller, PageRequest page) {
    String user = caller.name();
    boolean service = caller.isService();
    return transactions
        .reading(
            session ->
                service
                    ? projects.allAnyProject(session, page)
                    : projects.ofMemberAnyProject(session, user, page))
        .map((List<Project> rows) -> Page.of(rows, page, Project::name));
  }

  private Uni<Project> insert(Mutiny.Session session, Project project) {
    ProjectScope scope = new ProjectScope(project.name(), project.createdBy(), Role.OWNER);
    return projects
        .find(session, scope)
        .invoke(
            taken -> {
              if (taken != null) {
                throw new ProjectNameTaken(project.name()).exception();
              }
            })
        .chain(() -> store.ensureBucket(project.bucket()))
        .chain(() -> projects.insert(session, scope, project))
        .chain(() -> Outbox.append(session, created(project)))
        .chain(
            () ->
                audit.record(
                    session, scope, AuditEntry.of(AuditAction.PROJECT_CREATED, project.name())))
        .chain(() -> members.add(session, scope, project.createdBy(), Role.OWNER))
        .replaceWith(project);
  }

  private static ProjectCreated created(Project project) {
    return new ProjectCreated(project.name(), project.createdBy(), project.createdAt());
  }

  private static Project existing(ProjectScope scope, @Nullable Project project) {
    if (project == null) {
      throw new ProjectNotFound(scope.project()).exception();
    }
    return project;
  }
}
