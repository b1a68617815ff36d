package dev.sluice.processing.importing;

import dev.sluice.processing.importing.ImportState.Done;
import dev.sluice.processing.importing.ImportState.UnderWay;
import dev.sluice.support.identity.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Upload-service's imports, asked for as this service on behalf of a person. */
@ApplicationScoped
public class ImportClient {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;
  private static final Set<Integer> LATER = Set.of(401, 408, 429);
  private static final Set<String> TAKEN = Set.of("imported", "unchanged");

  private final UploadConfig config;
  private final ServiceToken token;
  private final WebClient http;

  ImportClient(UploadConfig config, ServiceToken token, Vertx vertx) {
    this.config = config;
    this.token = token;
    this.http = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
  }

  /**
   * How far the import is; asks for it where nobody has.
   *
   * @throws ImportRefused when it has failed, or will never be made
   * @throws UploadAway when that cannot be known now
   */
  public Uni<ImportState> bring(WantedImport wanted) {
    return answer(HttpMethod.PUT, at(wanted.id()), r -> r.sendJsonObject(bodyOf(wanted)))
        .map(ImportClient::checked)
        .flatMap(answer -> stateOf(wanted, answer.bodyAsJsonObject()));
  }

  private static JsonObject bodyOf(WantedImport wanted) {
    JsonObject source = new JsonObject().put("url", wanted.url());
    if (wanted.credentials() != null) {
      source.put("credentials", wanted.credentials());
    }
    if (wanted.glob() != null) {
      source.put("glob", wanted.glob());
    }
    return new JsonObject()
        .put("requestedBy", wanted.requestedBy())
        .put(
            "order",
            new JsonObject()
                .put("project", wanted.project())
                .put("dataset", wanted.dataset())
                .put("dataType", wanted.dataType())
                .put("sources", new JsonArray(List.of(source)))
                .put("prefix", wanted.folder())
                .put("expand", wanted.expand()));
  }

  private Uni<ImportState> stateOf(WantedImport wanted, JsonObject found) {
    String state = found.getString("state", "");
    return switch (state) {
      case "succeeded", "unchanged" -> {
        String version = found.getString("version", "latest");
        yield paths(wanted.id(), "", new HashSet<>())
            .map(paths -> new Done(version, wanted.folder(), paths));
      }
      case "failed" ->
          throw new ImportRefused(
              found.getString("code", "import-failed"), found.getString("reason", "no reason"));
      case "cancelled" ->
          throw new ImportRefused(
              "import-cancelled", "it was cancelled: " + found.getString("reason", ""));
      default ->
          Uni.createFrom()
              .item(
                  new UnderWay(
                      "import %s: %s, %d of %d files"
                          .formatted(
                              wanted.id(),
                              state,
                              found.getLong("filesDone", 0L),
                              found.getLong("filesTotal", 0L))));
    };
  }

  /** Paths of the files the source has now; none when an archive of them stayed as it was. */
  private Uni<Set<String>> paths(UUID id, String cursor, Set<String> known) {
    String query = "/files?limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
    return answer(HttpMethod.GET, at(id) + query, HttpRequest::send)
        .map(answer -> checked(answer).bodyAsJsonObject())
        .flatMap(
            page -> {
              for (Object item : page.getJsonArray("items", new JsonArray())) {
                JsonObject file = (JsonObject) item;
                boolean archive = "archive".equals(file.getString("kind"));
                if (archive && "unchanged".equals(file.getString("state"))) {
                  return Uni.createFrom().item(Set.<String>of());
                }
                if (!archive && TAKEN.contains(file.getString("state"))) {
                  known.add(file.getString("path"));
                }
              }
              String next = page.getString("nextCursor");
              return next == null ? Uni.createFrom().item(known) : paths(id, next, known);
            });
  }

  /** Stops an import; one that is unknown or over stays as it is. */
  public Uni<Void> cancel(UUID id) {
    return answer(HttpMethod.POST, at(id) + "/cancel", HttpRequest::send)
        .invoke(
            answer -> {
              int status = answer.statusCode();
              if (status != NOT_FOUND && status != CONFLICT) {
                checked(answer);
              }
            })
        .replaceWithVoid();
  }

  private static String at(UUID id) {
    return "/api/v1/imports/" + id;
  }

  private Uni<HttpResponse<Buffer>> answer(
      HttpMethod method,
      String path,
      Function<HttpRequest<Buffer>, Uni<HttpResponse<Buffer>>> send) {
    return token
        .bearer()
        .flatMap(
            bearer ->
                send.apply(
                    http.requestAbs(method, config.url().resolve(path).toString())
                        .putHeader("Authorization", bearer)
                        .timeout(config.timeout().toMillis())))
        .onFailure()
        .transform(e -> new UploadAway("upload-service does not answer: " + e.getMessage()));
  }

  private static HttpResponse<Buffer> checked(HttpResponse<Buffer> answer) {
    int status = answer.statusCode();
    if (status < BAD_REQUEST) {
      return answer;
    }
    if (status >= SERVER_ERROR || LATER.contains(status)) {
      throw new UploadAway("upload-service answers " + status);
    }
    try {
      JsonObject problem = answer.bodyAsJsonObject();
      throw new ImportRefused(
          problem.getString("code", "import-refused"),
          problem.getString("detail", "upload-service answers " + status));
    } catch (DecodeException | NullPointerException e) {
      throw new UploadAway("upload-service answers " + status + " without a problem");
    }
  }
}
