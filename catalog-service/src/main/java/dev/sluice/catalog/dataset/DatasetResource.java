package dev.sluice.catalog.dataset;

import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Datasets over HTTP. */
@Path("/api/v1/projects/{project}/datasets")
@Tag(name = "datasets")
class DatasetResource {
  private final ProjectAccess access;
  private final DatasetService datasets;

  DatasetResource(ProjectAccess access, DatasetService datasets) {
    this.access = access;
    this.datasets = datasets;
  }

  @POST
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(201)
  @Operation(operationId = "create_dataset", summary = "Makes a dataset; you are its creator")
  public Uni<DatasetView> create(
      @PathParam("project") String project,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable NewDataset body) {
    NewDataset wanted =
        Objects.requireNonNullElse(body, new NewDataset(null, null, null, null, null, null, null));
    return access.scope(project).flatMap(scope -> datasets.create(scope, wanted, key));
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "list_datasets",
      summary = "Datasets of the project, sorted and filtered")
  public Uni<Page<DatasetView>> list(
      @PathParam("project") String project,
      @QueryParam("scenario") @Nullable String scenario,
      @QueryParam("dataType") @Nullable String dataType,
      @QueryParam("tag") List<String> tags,
      @QueryParam("creator") @Nullable String creator,
      @QueryParam("licence") @Nullable String licence,
      @QueryParam("q") @Nullable String text,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    DataType type = dataType == null || dataType.isEmpty() ? null : DataType.of(dataType);
    DatasetFilter filter = new DatasetFilter(scenario, type, tags, creator, licence, text);
    DatasetOrder order = DatasetOrder.of(sort);
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> datasets.list(scope, filter, order, page));
  }

  @GET
  @Path("/{dataset}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_dataset", summary = "One dataset; its ETag goes into If-Match")
  public Uni<RestResponse<DatasetView>> get(
      @PathParam("project") String project, @PathParam("dataset") String dataset) {
    return access
        .scope(project)
        .flatMap(scope -> datasets.get(scope, dataset))
        .map(DatasetResource::tagged);
  }

  @PATCH
  @Path("/{dataset}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "update_dataset", summary = "Changes what is written about a dataset")
  public Uni<RestResponse<DatasetView>> change(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Nullable DatasetChange body) {
    DatasetChange change = Objects.requireNonNullElse(body, DatasetChange.NONE);
    return access
        .scope(project)
        .flatMap(scope -> datasets.change(scope, dataset, change, ifMatch))
        .map(DatasetResource::tagged);
  }

  @DELETE
  @Path("/{dataset}")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "delete_dataset", summary = "Puts a dataset into the trash")
  public Uni<Void> delete(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @QueryParam("reason") @Nullable String reason) {
    return access.scope(project).flatMap(scope -> datasets.delete(scope, dataset, ifMatch, reason));
  }

  private static RestResponse<DatasetView> tagged(DatasetView dataset) {
    return RestResponse.ResponseBuilder.ok(dataset).header("ETag", dataset.etag()).build();
  }
}
