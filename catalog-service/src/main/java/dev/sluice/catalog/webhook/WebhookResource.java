package dev.sluice.catalog.webhook;

import dev.sluice.catalog.webhook.WebhookView.Delivery;
import dev.sluice.catalog.webhook.WebhookView.Period;
import dev.sluice.catalog.webhook.WebhookView.Replayed;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Webhooks of a project over HTTP; their addresses are for owners, since they may hold keys. */
@Path("/api/v1/projects/{project}/webhooks")
@Tag(name = "webhooks")
class WebhookResource {
  private final ProjectAccess access;
  private final WebhookService webhooks;

  WebhookResource(ProjectAccess access, WebhookService webhooks) {
    this.access = access;
    this.webhooks = webhooks;
  }

  @POST
  @ProjectRole(Role.OWNER)
  @ResponseStatus(201)
  @Operation(
      operationId = "add_webhook",
      summary = "Tells an address what happens; the secret is shown this once")
  public Uni<WebhookView> add(@PathParam("project") String project, @Nullable Subscription body) {
    Subscription wanted = Objects.requireNonNullElse(body, Subscription.NONE);
    return access.scope(project).flatMap(scope -> webhooks.add(scope, wanted));
  }

  @GET
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "list_webhooks", summary = "Webhooks of the project, oldest first")
  public Uni<Page<WebhookView>> list(@PathParam("project") String project) {
    return access.scope(project).flatMap(webhooks::list);
  }

  @PATCH
  @Path("/{webhook}")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "change_webhook", summary = "Changes a webhook, switches it on or off")
  public Uni<WebhookView> change(
      @PathParam("project") String project,
      @PathParam("webhook") String webhook,
      @Nullable Subscription body) {
    Subscription change = Objects.requireNonNullElse(body, Subscription.NONE);
    return access.scope(project).flatMap(scope -> webhooks.change(scope, webhook, change));
  }

  @DELETE
  @Path("/{webhook}")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "remove_webhook", summary = "Removes a webhook with its log")
  public Uni<Void> remove(
      @PathParam("project") String project, @PathParam("webhook") String webhook) {
    return access.scope(project).flatMap(scope -> webhooks.remove(scope, webhook));
  }

  @POST
  @Path("/{webhook}/secret")
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "rotate_webhook_secret",
      summary = "Gives a new secret; the one before signs along for a day")
  public Uni<WebhookView> rotate(
      @PathParam("project") String project, @PathParam("webhook") String webhook) {
    return access.scope(project).flatMap(scope -> webhooks.rotate(scope, webhook));
  }

  @POST
  @Path("/{webhook}/ping")
  @ProjectRole(Role.OWNER)
  @ResponseStatus(202)
  @Operation(operationId = "ping_webhook", summary = "Sends a test; the log says what came of it")
  public Uni<Void> ping(
      @PathParam("project") String project, @PathParam("webhook") String webhook) {
    return access.scope(project).flatMap(scope -> webhooks.ping(scope, webhook));
  }

  @GET
  @Path("/{webhook}/deliveries")
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "list_webhook_deliveries",
      summary = "Deliveries with their attempts, newest first")
  public Uni<Page<Delivery>> log(
      @PathParam("project") String project,
      @PathParam("webhook") String webhook,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> webhooks.log(scope, webhook, page));
  }

  @POST
  @Path("/{webhook}/deliveries/{delivery}/replay")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "replay_webhook_delivery", summary = "Sends one delivery again")
  public Uni<Replayed> replay(
      @PathParam("project") String project,
      @PathParam("webhook") String webhook,
      @PathParam("delivery") String delivery) {
    return access.scope(project).flatMap(scope -> webhooks.replay(scope, webhook, delivery));
  }

  @POST
  @Path("/{webhook}/replay")
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "replay_webhook",
      summary = "Sends what was delivered or failed, of facts of a period, again")
  public Uni<Replayed> replayPeriod(
      @PathParam("project") String project,
      @PathParam("webhook") String webhook,
      @Nullable Period body) {
    Period period = Objects.requireNonNullElse(body, Period.NONE);
    return access.scope(project).flatMap(scope -> webhooks.replay(scope, webhook, period));
  }
}
