package dev.sluice.upload.importing;

import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.identity.ServiceOnly;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.upload.importing.ImportView.FileView;
import dev.sluice.upload.importing.ImportView.ScheduleView;
import dev.sluice.upload.importing.OrderCheck.Checked;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Imports as a resource: ask for, look at, stop, try again. */
@Path("/api/v1/imports")
@Authenticated
@Tag(name = "imports")
class ImportResource {
  private static final Set<String> FILE_STATES =
      Set.of("unchanged", "pending", "sending", "imported", "ignored", "failed", "expanded");

  private final ProjectAccess access;
  private final ImportService imports;
  private final ScheduleService schedules;

  ImportResource(ProjectAccess access, ImportService imports, ScheduleService schedules) {
    this.access = access;
    this.imports = imports;
    this.schedules = schedules;
  }

  @POST
  @ResponseStatus(202)
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "request_import", summary = "Import files of other places")
  public Uni<ImportView> request(
      @Nullable ImportRequest request, @HeaderParam("Idempotency-Key") @Nullable String key) {
    if (request == null) {
      throw InvalidRequest.of("body", "", "a JSON object that orders an import").exception();
    }
    Checked checked = OrderCheck.of(request);
    return access
        .scope(checked.order().project())
        .flatMap(
            scope ->
                imports.request(
                    scope,
                    checked,
                    IdempotentRequest.of(scope.caller(), key, "request_import", request)));
  }

  @PUT
  @Path("/{id}")
  @ServiceOnly
  @Operation(
      operationId = "put_import",
      summary = "Import for a run, once, on behalf of who asked for it")
  public Uni<ImportView> put(@RestPath String id, @Nullable ImportOnBehalf body) {
    if (body == null || body.requestedBy() == null || body.order() == null) {
      throw InvalidRequest.of("body", "", "{requestedBy, order}").exception();
    }
    return imports.onBehalf(ImportId.of(id), OrderCheck.of(body.order()), body.requestedBy());
  }

  @GET
  @Path("/{id}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_import", summary = "One import and how far it is")
  public Uni<ImportView> get(@RestPath String id) {
    return imports.found(ImportId.of(id)).map(found -> ImportView.of(found.job()));
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_imports", summary = "Imports of a project, oldest first")
  public Uni<Page<ImportView>> list(
      @RestQuery @Nullable String project,
      @RestQuery @Nullable String dataset,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    ImportFilter filter = ImportFilter.of(dataset, state);
    PageRequest page = idPage(limit, cursor);
    return access
        .scope(required(project))
        .flatMap(scope -> imports.page(scope, filter, page))
        .map(rows -> rows.map(ImportView::of));
  }

  @GET
  @Path("/{id}/files")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_import_files", summary = "What became of each file, by path")
  public Uni<Page<FileView>> files(
      @RestPath String id,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    if (state != null && !FILE_STATES.contains(state)) {
      throw InvalidRequest.of(
              "state", state, "unchanged, pending, sending, imported, ignored, failed or expanded")
          .exception();
    }
    PageRequest page = PageRequest.of(limit, cursor);
    return imports
        .found(ImportId.of(id))
        .flatMap(found -> imports.files(found, state == null ? "" : state, page))
        .map(rows -> rows.map(FileView::of));
  }

  @POST
  @Path("/{id}/cancel")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "cancel_import", summary = "Stop an import; its draft is dropped")
  public Uni<ImportView> cancel(@RestPath String id) {
    return imports.found(ImportId.of(id)).flatMap(imports::cancel).map(ImportView::of);
  }

  @POST
  @Path("/{id}/retry")
  @ResponseStatus(202)
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "retry_import", summary = "Go on with an import that failed")
  public Uni<ImportView> retry(@RestPath String id) {
    return imports.found(ImportId.of(id)).flatMap(imports::retry).map(ImportView::of);
  }

  @GET
  @Path("/schedules")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_import_schedules", summary = "What is imported again and again")
  public Uni<Page<ScheduleView>> schedules(
      @RestQuery @Nullable String project,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    PageRequest page = idPage(limit, cursor);
    return access
        .scope(required(project))
        .flatMap(scope -> schedules.page(scope, page))
        .map(rows -> rows.map(ScheduleView::of));
  }

  @DELETE
  @Path("/schedules/{id}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "delete_import_schedule", summary = "Import it no more")
  public Uni<Void> deleteSchedule(@RestPath String id) {
    return schedules.delete(id);
  }

  private static String required(@Nullable String project) {
    if (project == null) {
      throw InvalidRequest.of("project", "", "the name of a project").exception();
    }
    return project;
  }

  /** A cursor of a list that is in the order of ids. */
  private static PageRequest idPage(@Nullable Integer limit, @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    try {
      if (!page.after().isEmpty()) {
        java.util.UUID.fromString(page.after());
      }
      return page;
    } catch (IllegalArgumentException e) {
      throw InvalidRequest.of("cursor", String.valueOf(cursor), "a nextCursor of this list")
          .exception();
    }
  }
}
