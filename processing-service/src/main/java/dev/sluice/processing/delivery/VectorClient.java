package dev.sluice.processing.delivery;

import dev.sluice.processing.delivery.DeliveryFault.Kind;
import dev.sluice.support.identity.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Function;

/** Has vector-sink-service index a version; each call may be made again. */
@ApplicationScoped
class VectorClient {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;
  private static final Set<Integer> LATER = Set.of(401, 408, 429);

  private final VectorConfig config;
  private final ServiceToken token;
  private final WebClient http;

  VectorClient(VectorConfig config, ServiceToken token, Vertx vertx) {
    this.config = config;
    this.token = token;
    this.http = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
  }

  /**
   * How far the index of the delivery's version is; asks for it where nobody has.
   *
   * @throws UncheckedIOException with a {@link DeliveryFault} when it cannot be made, with a {@link
   *     StoreAway} when not now
   */
  Uni<Indexed> index(Delivery delivery) {
    String path =
        "/api/v1/indexes/%s/%s/%s"
            .formatted(
                delivery.project(), delivery.version().dataset(), delivery.version().version());
    return answer("GET", path, HttpRequest::send)
        .flatMap(
            known ->
                known.statusCode() == NOT_FOUND
                    ? recipe(delivery).flatMap(there -> ask(delivery))
                    : Uni.createFrom().item(known))
        .map(found -> indexed(checked(found).bodyAsJsonObject()));
  }

  /** The output's dataset is to have a recipe: its own, the named dataset's, or the built-in. */
  private Uni<Void> recipe(Delivery delivery) {
    String own = recipePath(delivery, delivery.version().dataset());
    return answer("GET", own, HttpRequest::send)
        .flatMap(
            known ->
                known.statusCode() != NOT_FOUND
                    ? Uni.createFrom().item(known)
                    : named(delivery)
                        .flatMap(body -> answer("PUT", own, r -> r.sendJsonObject(body))))
        .invoke(VectorClient::checked)
        .replaceWithVoid();
  }

  private Uni<JsonObject> named(Delivery delivery) {
    return answer("GET", recipePath(delivery, datasetOf(delivery)), HttpRequest::send)
        .map(
            found -> {
              if (found.statusCode() == NOT_FOUND) {
                return new JsonObject();
              }
              JsonObject recipe = checked(found).bodyAsJsonObject();
              return new JsonObject()
                  .put("model", recipe.getString("model"))
                  .put("textColumn", recipe.getString("textColumn"))
                  .put("distance", recipe.getString("distance"));
            });
  }

  private static String datasetOf(Delivery delivery) {
    try {
      return VectorUrl.of(delivery.target()).dataset();
    } catch (DeliveryFault e) {
      throw new UncheckedIOException(e);
    }
  }

  private Uni<HttpResponse<Buffer>> ask(Delivery delivery) {
    JsonObject wanted =
        new JsonObject()
            .put("project", delivery.project())
            .put("dataset", delivery.version().dataset())
            .put("version", delivery.version().version());
    return answer(
        "POST",
        "/api/v1/indexes",
        r -> r.putHeader("Idempotency-Key", delivery.id().toString()).sendJsonObject(wanted));
  }

  private static String recipePath(Delivery delivery, String dataset) {
    return "/api/v1/recipes/" + delivery.project() + "/" + dataset;
  }

  private Uni<HttpResponse<Buffer>> answer(
      String method, String path, Function<HttpRequest<Buffer>, Uni<HttpResponse<Buffer>>> send) {
    return token
        .bearer()
        .flatMap(
            bearer ->
                send.apply(
                    http.requestAbs(
                            io.vertx.core.http.HttpMethod.valueOf(method),
                            config.url().resolve(path).toString())
                        .putHeader("Authorization", bearer)
                        .timeout(config.timeout().toMillis())))
        .onFailure()
        .transform(
            e ->
                new UncheckedIOException(
                    new StoreAway("vector-sink-service does not answer: " + e.getMessage(), e)));
  }

  private static HttpResponse<Buffer> checked(HttpResponse<Buffer> answer) {
    int status = answer.statusCode();
    if (status < BAD_REQUEST) {
      return answer;
    }
    if (status >= SERVER_ERROR || LATER.contains(status)) {
      throw new UncheckedIOException(new StoreAway("vector-sink-service answers " + status));
    }
    throw notIndexed("vector-sink-service refuses: " + said(answer));
  }

  private static String said(HttpResponse<Buffer> answer) {
    try {
      return answer.bodyAsJsonObject().getString("detail", String.valueOf(answer.statusCode()));
    } catch (DecodeException | ClassCastException e) {
      return String.valueOf(answer.statusCode());
    }
  }

  private static Indexed indexed(JsonObject index) {
    String state = index.getString("state", "");
    String reason = index.getString("reason");
    if (state.equals("failed")) {
      throw notIndexed(String.valueOf(reason));
    }
    return new Indexed(
        state.equals("indexed"), index.getLong("points", 0L), reason == null ? state : reason);
  }

  private static UncheckedIOException notIndexed(String why) {
    return new UncheckedIOException(new DeliveryFault(Kind.NOT_INDEXED, why, null));
  }

  /** How far an index is. */
  record Indexed(boolean done, long points, String saying) {}
}
