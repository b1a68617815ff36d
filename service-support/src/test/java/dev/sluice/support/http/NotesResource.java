package dev.sluice.support.http;

import dev.sluice.support.identity.AnyUser;
import dev.sluice.support.identity.CurrentCaller;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.identity.ServiceOnly;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** A small resource that has every habit our HTTP shares. */
@Path("/notes")
@Authenticated
class NotesResource {
  private final Transactions transactions;
  private final Idempotency idempotency;
  private final ProjectAccess access;
  private final CurrentCaller caller;

  NotesResource(
      Transactions transactions,
      Idempotency idempotency,
      ProjectAccess access,
      CurrentCaller caller) {
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.access = access;
    this.caller = caller;
  }

  /** What a caller wants to keep. */
  record NewNote(@NotBlank String text, int stars) {}

  /** What was kept. */
  record Kept(long id, String text) {}

  @POST
  @AnyUser
  public Uni<Kept> keep(
      @jakarta.validation.Valid NewNote note,
      @HeaderParam("Idempotency-Key") @Nullable String key) {
    var request = IdempotentRequest.of(caller.name(), key, "POST /notes", note);
    return transactions.in(
        session ->
            idempotency.once(session, request, Kept.class, () -> insert(session, note.text())));
  }

  @GET
  @AnyUser
  public Page<String> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    PageRequest request = PageRequest.of(limit, cursor);
    List<String> rows =
        List.of("a", "b", "c").stream()
            .filter(row -> row.compareTo(request.after()) > 0)
            .limit(request.fetch())
            .toList();
    return Page.of(rows, request, row -> row);
  }

  @GET
  @Path("/project")
  @ProjectRole(Role.EDITOR)
  public Uni<String> project(@QueryParam("project") String project) {
    return access.scope(project).map(scope -> scope.role().text());
  }

  @GET
  @Path("/services")
  @ServiceOnly
  public String services() {
    return "welcome";
  }

  @GET
  @Path("/away")
  @AnyUser
  public Uni<String> away() {
    return Uni.createFrom().failure(new IOException("connection refused"));
  }

  @GET
  @Path("/broken")
  @AnyUser
  public Uni<String> broken() {
    return Uni.createFrom().failure(new IllegalStateException("secret detail"));
  }

  @GET
  @Path("/refused")
  @AnyUser
  public Uni<String> refused() {
    return Uni.createFrom()
        .failure(InvalidRequest.of("version", "1.0", "v and a number").exception());
  }

  private static Uni<Kept> insert(Mutiny.Session session, String text) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}note (id, text)
            select coalesce(max(id), 0) + 1, :text from {h-schema}note returning id
            """,
            Long.class)
        .setParameter("text", text)
        .getSingleResult()
        .map(id -> new Kept(id, text));
  }
}
