package dev.sluice.upload.intake;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.identity.CatalogConfig;
import dev.sluice.support.identity.ServiceToken;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.intake.Holdings.DraftFiles;
import dev.sluice.upload.media.DataType;
import dev.sluice.upload.problem.UploadProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Asks the catalog for what no event has told yet. */
@ApplicationScoped
class CatalogClient {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final ServiceToken token;
  private final CatalogConfig config;
  private final WebClient http;

  CatalogClient(ServiceToken token, CatalogConfig config, Vertx vertx) {
    this.token = token;
    this.config = config;
    this.http = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
  }

  /**
   * A version of a dataset.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 when the catalog does not have it, 503
   *     when it does not answer
   */
  Uni<Draft> draft(String project, String dataset, String version) {
    String address = config.url() + "/api/v1/projects/" + project + "/datasets/" + dataset;
    UploadProblem noDataset = new UploadProblem.DatasetNotFound(project, dataset);
    UploadProblem noVersion = new UploadProblem.VersionNotFound(dataset, version);
    Uni<Draft> asked =
        get(address, noDataset)
            .flatMap(
                found ->
                    get(address + "/versions/" + version, noVersion)
                        .map(seen -> draft(project, found, seen)));
    return Contexts.comingBack(asked);
  }

  /**
   * What the project holds of these contents.
   *
   * @param draft paths of a draft whose files are asked for too
   * @throws dev.sluice.support.problem.ProblemException 503 when the catalog does not answer
   */
  Uni<Holdings> holdings(String project, List<FileContent> contents, Optional<JsonObject> draft) {
    JsonArray wanted = new JsonArray();
    contents.forEach(
        content ->
            wanted.add(
                new JsonObject()
                    .put("size", content.size())
                    .put("sha256", content.sha256().orElse(null))));
    JsonObject question = new JsonObject().put("contents", wanted);
    draft.ifPresent(paths -> question.put("draft", paths));
    return ask(project, "/holdings", question).map(CatalogClient::holdings);
  }

  /**
   * Those of the keys whose objects the catalog knows.
   *
   * @throws dev.sluice.support.problem.ProblemException 503 when the catalog does not answer
   */
  Uni<Set<String>> owned(String project, List<ObjectKey> keys) {
    JsonArray wanted = new JsonArray();
    keys.forEach(key -> wanted.add(key.value()));
    return ask(project, "/holdings/keys", new JsonObject().put("keys", wanted))
        .map(
            answer ->
                answer.getJsonArray("owned").stream()
                    .map(String::valueOf)
                    .collect(Collectors.toSet()));
  }

  /**
   * Why those of the contents that were erased must not come back, by SHA-256.
   *
   * @throws dev.sluice.support.problem.ProblemException 503 when the catalog does not answer
   */
  Uni<Map<String, String>> blocked(String project, Collection<String> digests) {
    JsonObject question = new JsonObject().put("sha256", new JsonArray(List.copyOf(digests)));
    return ask(project, "/holdings/blocked", question).map(CatalogClient::blocked);
  }

  private static Map<String, String> blocked(JsonObject answer) {
    return answer.getJsonArray("blocked", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .collect(
            Collectors.toMap(each -> each.getString("sha256"), each -> each.getString("reason")));
  }

  private Uni<JsonObject> ask(String project, String path, JsonObject question) {
    Uni<JsonObject> asked =
        token
            .bearer()
            .flatMap(
                bearer ->
                    http.postAbs(config.url() + "/api/v1/projects/" + project + path)
                        .putHeader("Authorization", bearer)
                        .timeout(config.timeout().toMillis())
                        .sendJsonObject(question))
            .map(answer -> body(answer, new UploadProblem.DatasetNotFound(project, "")));
    return Contexts.comingBack(asked);
  }

  private static Holdings holdings(JsonObject answer) {
    List<Holding> objects = new ArrayList<>();
    for (Object each : answer.getJsonArray("objects")) {
      JsonObject object = (JsonObject) each;
      objects.add(
          new Holding(
              object.getString("sha256"),
              object.getLong("size"),
              new ObjectKey(object.getString("objectKey")),
              object.getString("mediaType"),
              Optional.ofNullable(object.getString("crc32c"))));
    }
    Set<Long> sizes =
        answer.getJsonArray("sizes").stream()
            .map(size -> ((Number) size).longValue())
            .collect(Collectors.toSet());
    return new Holdings(
        objects,
        sizes,
        answer.getLong("usedBytes"),
        Optional.ofNullable(answer.getLong("quotaBytes")),
        blocked(answer),
        Optional.ofNullable(answer.getJsonObject("draft")).map(CatalogClient::draftFiles));
  }

  private static DraftFiles draftFiles(JsonObject draft) {
    Map<FilePath, String> digests = new HashMap<>();
    Set<FilePath> removed = new HashSet<>();
    for (Object each : draft.getJsonArray("files")) {
      JsonObject file = (JsonObject) each;
      FilePath path = new FilePath(file.getString("path"));
      String sha256 = file.getString("sha256");
      if (sha256 == null) {
        removed.add(path);
      } else {
        digests.put(path, sha256);
      }
    }
    return new DraftFiles(
        digests, removed, Optional.ofNullable(draft.getString("editedAt")).map(Instant::parse));
  }

  private Uni<JsonObject> get(String address, UploadProblem absent) {
    return token
        .bearer()
        .flatMap(
            bearer ->
                http.getAbs(address)
                    .putHeader("Authorization", bearer)
                    .timeout(config.timeout().toMillis())
                    .send())
        .map(answer -> body(answer, absent));
  }

  private static JsonObject body(HttpResponse<Buffer> answer, UploadProblem absent) {
    return switch (answer.statusCode()) {
      case OK -> answer.bodyAsJsonObject();
      case NOT_FOUND -> throw absent.exception();
      default -> throw new PartAway("The catalog").exception();
    };
  }

  private static Draft draft(String project, JsonObject dataset, JsonObject version) {
    return new Draft(
        UUID.fromString(dataset.getString("id")),
        project,
        dataset.getString("name"),
        version.getString("version"),
        DataType.named(dataset.getString("dataType")).orElseThrow(),
        state(version));
  }

  private static DraftState state(JsonObject version) {
    JsonObject producedBy = version.getJsonObject("producedBy");
    String kind = producedBy == null ? "upload" : producedBy.getString("kind");
    return version.getString("state").equals("draft")
        ? DraftService.stateOf(kind)
        : DraftState.SEALED;
  }
}
