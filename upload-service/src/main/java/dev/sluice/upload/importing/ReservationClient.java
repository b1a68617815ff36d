package dev.sluice.upload.importing;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.identity.CatalogConfig;
import dev.sluice.support.identity.ServiceToken;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.upload.media.DataType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Has the catalog keep a draft for an import. */
@ApplicationScoped
class ReservationClient {
  private static final int MULTIPLE_CHOICES = 300;
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;
  private static final Set<Integer> LATER = Set.of(401, 408, 429);

  private final ServiceToken token;
  private final CatalogConfig config;
  private final WebClient http;

  ReservationClient(ServiceToken token, CatalogConfig config, Vertx vertx) {
    this.token = token;
    this.config = config;
    this.http = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
  }

  /**
   * The import's draft: the one it has, or a new one that begins with the newest version's files.
   *
   * @throws ImportFault when the catalog says no
   */
  Uni<Destination> reserve(Import job) {
    ImportOrder order = job.order();
    JsonObject body =
        new JsonObject()
            .put("runId", job.id().toString())
            .put("kind", "import")
            .put("dataset", order.dataset())
            .put("requestedBy", job.requestedBy())
            .put("inheritFrom", "latest");
    order.dataType().ifPresent(type -> body.put("dataType", type.label()));
    String address = config.url() + "/api/v1/projects/" + order.project() + "/reservations";
    return Contexts.comingBack(
        token
            .bearer()
            .flatMap(
                bearer ->
                    http.postAbs(address)
                        .putHeader("Authorization", bearer)
                        .timeout(config.timeout().toMillis())
                        .sendJsonObject(body))
            .map(ReservationClient::destination));
  }

  /**
   * Gives the import's draft back, so that the next reservation is another one.
   *
   * @throws ImportFault when the catalog says no
   */
  Uni<Void> release(Import job) {
    String address =
        "%s/api/v1/projects/%s/reservations/%s/release"
            .formatted(config.url(), job.order().project(), job.id());
    return Contexts.comingBack(
        token
            .bearer()
            .flatMap(
                bearer ->
                    http.postAbs(address)
                        .putHeader("Authorization", bearer)
                        .timeout(config.timeout().toMillis())
                        .send())
            .invoke(ReservationClient::refuseFailure)
            .replaceWithVoid());
  }

  private static void refuseFailure(HttpResponse<Buffer> answer) {
    if (answer.statusCode() >= MULTIPLE_CHOICES) {
      throw refused(answer);
    }
  }

  private static Destination destination(HttpResponse<Buffer> answer) {
    int status = answer.statusCode();
    if (status >= MULTIPLE_CHOICES) {
      throw refused(answer);
    }
    JsonObject draft = answer.bodyAsJsonObject();
    return new Destination(
        UUID.fromString(draft.getString("datasetId")),
        DataType.named(draft.getString("dataType")).orElseThrow(),
        draft.getString("version"),
        Optional.ofNullable(draft.getString("inheritedFrom")));
  }

  private static RuntimeException refused(HttpResponse<Buffer> answer) {
    int status = answer.statusCode();
    if (status < BAD_REQUEST || status >= SERVER_ERROR || LATER.contains(status)) {
      return new PartAway("The catalog").exception();
    }
    try {
      JsonObject problem = answer.bodyAsJsonObject();
      return new ImportFault(
          problem.getString("code", "catalog-refused"),
          problem.getString("detail", "The catalog answers " + status + "."));
    } catch (DecodeException e) {
      return new ImportFault("catalog-refused", "The catalog answers " + status + ".");
    }
  }
}
