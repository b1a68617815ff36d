package dev.sluice.processing.reservation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.CatalogConfig;
import dev.sluice.support.identity.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The catalog's HTTP API, called as this service. */
@ApplicationScoped
public class CatalogClient {
  private static final int MULTIPLE_CHOICES = 300;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int MANIFEST_TIMES = 6;
  private static final Set<String> READABLE = Set.of("sealed", "released");

  private final CatalogConfig config;
  private final ServiceToken token;
  private final ObjectMapper json;
  private final WebClient http;

  CatalogClient(CatalogConfig config, ServiceToken token, ObjectMapper json, Vertx vertx) {
    this.config = config;
    this.token = token;
    this.json = json;
    this.http = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
  }

  /** The version a name stands for; refused unless its content is final and may be used. */
  public Uni<VersionRef> resolve(String project, VersionRef wanted) {
    return call(HttpMethod.GET, versionPath(project, wanted), HttpRequest::send)
        .map(answer -> readable(wanted, jsonOf(answer)));
  }

  private static VersionRef readable(VersionRef wanted, JsonNode version) {
    String state = version.path("state").asText();
    String number = version.path("version").asText(wanted.version());
    if (!READABLE.contains(state)) {
      String name = wanted.dataset() + "@" + number;
      throw new CatalogRefused(
          "version-not-readable", "input " + name + " is " + state + ", not sealed or released");
    }
    return new VersionRef(wanted.dataset(), number);
  }

  /** The files of a sealed version whose path is wanted, in the order of their paths. */
  public Uni<List<InputFile>> files(String project, VersionRef version, Predicate<String> wanted) {
    return call(
            HttpMethod.GET,
            versionPath(project, version) + "/manifest",
            request -> request.timeout(config.timeout().toMillis() * MANIFEST_TIMES).send())
        .map(
            answer ->
                textOf(answer)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> read(line, InputFile.class))
                    .filter(file -> wanted.test(file.path()))
                    .toList());
  }

  /** Reserves the output draft of a run. */
  public Uni<Reservation> reserve(ReservationRequest wanted) {
    String path = "/api/v1/projects/" + wanted.project() + "/reservations";
    return call(HttpMethod.POST, path, request -> request.sendBuffer(bodyOf(wanted)))
        .map(answer -> read(textOf(answer), Reservation.class));
  }

  /** Gives the draft of a run back; one that is gone or sealed is left as it is. */
  public Uni<Void> release(String project, UUID runId) {
    String path = "/api/v1/projects/" + project + "/reservations/" + runId + "/release";
    return answered(HttpMethod.POST, path, HttpRequest::send)
        .invoke(
            answer -> {
              int status = answer.statusCode();
              if (status != NOT_FOUND && status != CONFLICT) {
                checked(answer);
              }
            })
        .replaceWithVoid();
  }

  private Uni<HttpResponse<Buffer>> call(HttpMethod method, String path, Sender sender) {
    return answered(method, path, sender).invoke(this::checked);
  }

  private Uni<HttpResponse<Buffer>> answered(HttpMethod method, String path, Sender sender) {
    return token
        .bearer()
        .flatMap(bearer -> sender.apply(request(method, path, bearer)))
        .onFailure(e -> !(e instanceof CatalogRefused))
        .transform(e -> new CatalogAway("the catalog does not answer: " + e));
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path, String bearer) {
    return http.requestAbs(method, config.url().resolve(path).toString())
        .putHeader("Authorization", bearer)
        .putHeader("Content-Type", "application/json")
        .timeout(config.timeout().toMillis());
  }

  private void checked(HttpResponse<Buffer> answer) {
    int status = answer.statusCode();
    if (status < MULTIPLE_CHOICES) {
      return;
    }
    boolean refused =
        status >= BAD_REQUEST
            && status < SERVER_ERROR
            && !Set.of(UNAUTHORIZED, REQUEST_TIMEOUT, TOO_MANY).contains(status);
    if (!refused) {
      throw new CatalogAway("the catalog answers " + status);
    }
    JsonNode problem = problemOf(answer);
    throw new CatalogRefused(
        problem.path("code").asText("catalog-refused"),
        problem.path("detail").asText("the catalog answers " + status));
  }

  private JsonNode problemOf(HttpResponse<Buffer> answer) {
    try {
      return json.readTree(textOf(answer));
    } catch (JsonProcessingException e) {
      return json.createObjectNode();
    }
  }

  private JsonNode jsonOf(HttpResponse<Buffer> answer) {
    return read(textOf(answer), JsonNode.class);
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new CatalogAway("the catalog's answer is not a " + type.getSimpleName());
    }
  }

  private Buffer bodyOf(ReservationRequest wanted) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(wanted));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String textOf(HttpResponse<Buffer> answer) {
    String text = answer.bodyAsString();
    return text == null ? "" : text;
  }

  private static String versionPath(String project, VersionRef version) {
    return Stream.of("projects", project, "datasets", version.dataset(), "versions")
        .reduce("/api/v1", (path, segment) -> path + "/" + segment)
        .concat("/" + version.version());
  }

  /** Sends a prepared request. */
  private interface Sender extends Function<HttpRequest<Buffer>, Uni<HttpResponse<Buffer>>> {}
}
