package dev.sluice.catalog.member;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.member.MemberProblem.LastOwner;
import dev.sluice.catalog.member.MemberProblem.MemberNotFound;
import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.MemberRemoved;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Invites, changes and removes members; a project always keeps an owner. */
@ApplicationScoped
public class MemberService {
  private final Transactions transactions;
  private final MemberRepository members;
  private final AuditService audit;
  private final Clock clock;

  MemberService(
      Transactions transactions, MemberRepository members, AuditService audit, Clock clock) {
    this.transactions = transactions;
    this.members = members;
    this.audit = audit;
    this.clock = clock;
  }

  Uni<Page<Member>> list(ProjectScope scope, PageRequest page) {
    return transactions
        .reading(session -> members.page(session, scope, page))
        .map(rows -> Page.of(rows, page, Member::user));
  }

  Uni<Member> get(ProjectScope scope, String user) {
    return transactions
        .reading(session -> members.role(session, scope, user))
        .map(role -> new Member(user, role.orElseThrow(() -> unknown(scope, user))));
  }

  Uni<Member> put(ProjectScope scope, String user, Role role) {
    return transactions.in(
        session ->
            keepAnOwner(session, scope, user, role == Role.OWNER)
                .chain(() -> add(session, scope, user, role)));
  }

  Uni<Void> remove(ProjectScope scope, String user) {
    return transactions.in(
        session ->
            keepAnOwner(session, scope, user, false)
                .chain(() -> members.remove(session, scope, user))
                .invoke(removed -> refuseUnknown(scope, user, removed))
                .chain(
                    () ->
                        audit.record(
                            session, scope, AuditEntry.of(AuditAction.MEMBER_REMOVED, user)))
                .chain(() -> Outbox.append(session, removed(scope, user))));
  }

  /** Gives the role within the caller's transaction and says so. */
  public Uni<Member> add(Mutiny.Session session, ProjectScope scope, String user, Role role) {
    Member member = new Member(user, role);
    return members
        .put(session, scope, member)
        .chain(
            () ->
                Outbox.append(
                    session,
                    new MemberAdded(scope.project(), user, member.role().text(), clock.instant())))
        .chain(() -> audit.record(session, scope, given(member)))
        .replaceWith(member);
  }

  private static AuditEntry given(Member member) {
    return AuditEntry.of(AuditAction.MEMBER_SET, member.user()).with("role", member.role().text());
  }

  Uni<Optional<Role>> roleOf(ProjectScope scope, String user) {
    return transactions.reading(session -> members.role(session, scope, user));
  }

  private Uni<Void> keepAnOwner(
      Mutiny.Session session, ProjectScope scope, String user, boolean staysOwner) {
    return members
        .lockProject(session, scope)
        .chain(() -> members.owners(session, scope))
        .invoke(
            owners -> {
              if (!staysOwner && owners.equals(List.of(user))) {
                throw new LastOwner(scope.project(), user).exception();
              }
            })
        .replaceWithVoid();
  }

  private MemberRemoved removed(ProjectScope scope, String user) {
    return new MemberRemoved(scope.project(), user, clock.instant());
  }

  private static void refuseUnknown(ProjectScope scope, String user, int removed) {
    if (removed == 0) {
      throw unknown(scope, user);
    }
  }

  private static RuntimeException unknown(ProjectScope scope, String user) {
    return new MemberNotFound(scope.project(), user).exception();
  }
}
