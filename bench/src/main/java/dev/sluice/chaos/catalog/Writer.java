package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogApi.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One person who works on one dataset, one request after the other, and holds the service to its
 * answers. Requests with an Idempotency-Key are repeated until they are answered; what becomes of
 * any other one without an answer stays open.
 */
final class Writer {
  private final CatalogApi api;
  private final Beliefs beliefs;
  private final String dataset;
  private final String datasetId;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  private Writer(CatalogApi api, String dataset, String datasetId) {
    this.api = api;
    this.dataset = dataset;
    this.datasetId = datasetId;
    this.beliefs = new Beliefs(dataset);
  }

  /** Makes the dataset. */
  static Writer begin(CatalogApi api, String dataset) {
    return new Writer(api, dataset, made(api, dataset));
  }

  static String made(CatalogApi api, String dataset) {
    api.done("POST", "/datasets", CatalogApi.body("name", dataset, "dataType", "text"), 409);
    return api.done("GET", "/datasets/" + dataset, "").path("id").asText();
  }

  Beliefs beliefs() {
    return beliefs;
  }

  String dataset() {
    return dataset;
  }

  String datasetId() {
    return datasetId;
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Something that must never be. */
  void violated(String what) {
    lines.add("WRONG " + what);
    wrong.add(dataset + ": " + what);
  }

  /** Asks once; keeps what may be. */
  void perform(CatalogOp op) {
    Request request = request(op);
    Optional<Answer> answer =
        request.keyed()
            ? Optional.of(
                api.insist(
                    request.method(),
                    request.path(),
                    request.body(),
                    "Idempotency-Key",
                    UUID.randomUUID().toString()))
            : api.once(request.method(), request.path(), request.body());
    lines.add(op + " -> " + answer.map(a -> told(op, a)).orElse("nothing"));
    if (answer.isEmpty()) {
      beliefs.lost(op);
      api.insist("GET", "", "");
      return;
    }
    List<String> expected = beliefs.told(op, told(op, answer.get()));
    if (!expected.isEmpty()) {
      violated(
          "%s was answered %s, not %s: %s"
              .formatted(op, told(op, answer.get()), expected, answer.get().text()));
      throw new StoppedException();
    }
  }

  /** The catalog contradicts itself; there is no use in asking more. */
  static final class StoppedException extends RuntimeException {}

  private static String told(CatalogOp op, Answer answer) {
    JsonNode json = answer.json();
    String more =
        !answer.ok()
            ? ""
            : switch (op) {
              case CatalogOp.Open o -> json.path("version").asText();
              case CatalogOp.Rollback o -> json.path("version").asText();
              case CatalogOp.Clone o -> json.path("version").asText();
              case CatalogOp.Edit o -> json.path("files").asText();
              case CatalogOp.Merge o -> json.path("files").asText();
              case CatalogOp.Restore o -> json.path("files").asText();
              case CatalogOp.Seal o -> json.path("digest").asText();
              case CatalogOp.Release o -> json.path("state").asText();
              case CatalogOp.Withdraw o -> json.path("state").asText();
              case CatalogOp.Point o -> json.path("version").asText();
              case CatalogOp.Remove o -> "";
              case CatalogOp.Drop o -> "";
              case CatalogOp.Unpoint o -> "";
              case CatalogOp.Delete o -> "";
              case CatalogOp.Undelete o -> "";
            };
    return (answer.status() + " " + more).strip();
  }

  private record Request(String method, String path, Object body, boolean keyed) {}

  private Request request(CatalogOp op) {
    String line = "/datasets/" + dataset;
    String versions = line + "/versions";
    return switch (op) {
      case CatalogOp.Open o ->
          new Request(
              "POST",
              versions,
              o.parent() == 0 ? Map.of() : Map.of("inheritedFrom", "v" + o.parent()),
              true);
      case CatalogOp.Edit o -> asked("POST", versions + "/v" + o.version() + "/edits", o.lines());
      case CatalogOp.Remove o ->
          asked("DELETE", versions + "/v" + o.version() + "/files/" + encoded(o.path()), "");
      case CatalogOp.Seal o ->
          asked(
              "POST", versions + "/v" + o.version() + "/seal", Map.of("expectedFiles", o.files()));
      case CatalogOp.Release o ->
          asked("POST", versions + "/v" + o.version() + "/release", Map.of("reason", o.reason()));
      case CatalogOp.Withdraw o ->
          asked(
              "POST",
              versions + "/v" + o.version() + "/withdraw",
              Map.of("reason", o.reason(), "force", o.forced()));
      case CatalogOp.Drop o ->
          asked("DELETE", versions + "/v" + o.version() + "?reason=" + o.reason(), "");
      case CatalogOp.Point o ->
          asked("PUT", line + (o.tag() ? "/tags/" : "/aliases/") + o.name(), pointed(o));
      case CatalogOp.Unpoint o ->
          asked(
              "DELETE",
              line + (o.tag() ? "/tags/" : "/aliases/") + o.name() + "?reason=" + o.reason(),
              "");
      case CatalogOp.Merge o ->
          asked(
              "POST",
              versions + "/v" + o.into() + "/merge",
              o.resolution().isEmpty()
                  ? Map.of("from", "v" + o.from())
                  : Map.of("from", "v" + o.from(), "resolution", o.resolution()));
      case CatalogOp.Restore o ->
          asked(
              "POST",
              versions + "/v" + o.into() + "/restore",
              Map.of("from", "v" + o.from(), "prefix", o.prefix()));
      case CatalogOp.Rollback o ->
          new Request("POST", line + "/rollback", Map.of("to", "v" + o.to()), true);
      case CatalogOp.Clone o ->
          new Request("POST", versions + "/v" + o.of() + "/clone", Map.of("name", o.name()), true);
      case CatalogOp.Delete o -> asked("DELETE", line + "?reason=" + o.reason(), "");
      case CatalogOp.Undelete o ->
          asked("POST", "/trash/" + datasetId + "/restore?reason=" + o.reason(), "");
    };
  }

  private static Map<String, Object> pointed(CatalogOp.Point op) {
    Map<String, Object> body =
        CatalogApi.body("version", "v" + op.to(), "reason", op.reason(), "move", op.move());
    if (op.expected() > 0) {
      body.put("expected", "v" + op.expected());
    }
    return body;
  }

  private static Request asked(String method, String path, Object body) {
    return new Request(method, path, body, false);
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/");
  }
}
