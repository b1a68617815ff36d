package dev.sluice.catalog.dataset;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Cards of datasets over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/card")
@Tag(name = "datasets")
class CardResource {
  private static final String MARKDOWN = "text/markdown;charset=utf-8";

  private final ProjectAccess access;
  private final CardService cards;

  CardResource(ProjectAccess access, CardService cards) {
    this.access = access;
    this.cards = cards;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Produces(MARKDOWN)
  @Operation(
      operationId = "get_card",
      summary = "The dataset's card, empty at first; its ETag goes into If-Match")
  public Uni<RestResponse<String>> get(
      @PathParam("project") String project, @PathParam("dataset") String dataset) {
    return access
        .scope(project)
        .flatMap(scope -> cards.get(scope, dataset))
        .map(CardResource::tagged);
  }

  @PUT
  @ProjectRole(Role.EDITOR)
  @Consumes("*/*")
  @Produces(MARKDOWN)
  @Operation(operationId = "put_card", summary = "Replaces the card; at most 256 KiB of Markdown")
  public Uni<RestResponse<String>> put(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      String markdown) {
    return access
        .scope(project)
        .flatMap(scope -> cards.put(scope, dataset, markdown, ifMatch))
        .map(CardResource::tagged);
  }

  private static RestResponse<String> tagged(Card card) {
    return RestResponse.ResponseBuilder.ok(card.markdown()).header("ETag", card.etag()).build();
  }
}
