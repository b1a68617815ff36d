package dev.sluice.processing.ray;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.file.FileSystem;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Ray Jobs REST API (Ray 2.55 and later). A reused submission id is answered by 500 and a text
 * that says so, which here means: Ray has the job already.
 */
@ApplicationScoped
@Typed(RayClient.class)
class RayClient implements JobRunner {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;
  private static final int LONGEST_ANSWER = 300;
  private static final int UPLOAD_TIMES = 20;
  private static final String PACKAGES = "/api/packages/gcs/";
  private static final List<String> TOKEN_HEADERS = List.of("Authorization", "x-ray-authorization");

  private final RayConfig config;
  private final ObjectMapper json;
  private final Vertx vertx;
  private final WebClient http;
  private final HttpClient streams;
  private final ProgramPackage program = ProgramPackage.fromJar();

  RayClient(RayConfig config, ObjectMapper json, Vertx vertx) {
    this.config = config;
    this.json = json;
    this.vertx = vertx;
    this.http = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
    this.streams = vertx.createHttpClient();
  }

  @Override
  public Uni<Void> submit(JobSubmission job) {
    return shipped(program.name(), () -> put(program.name(), Buffer.buffer(program.zip())))
        .flatMap(shipped -> shipFiles(job.workingDir()))
        .flatMap(shipped -> sent(request(HttpMethod.POST, "/api/jobs/"), body(job)))
        .invoke(RayClient::checkTaken)
        .replaceWithVoid();
  }

  private Uni<Void> shipFiles(@Nullable JobPackage files) {
    return files == null
        ? Uni.createFrom().voidItem()
        : shipped(files.name(), () -> files.zip().get().flatMap(zip -> putFile(files.name(), zip)));
  }

  /** Ray drops packages that no job uses, and all of them when its head restarts. */
  private Uni<Void> shipped(String name, Supplier<Uni<Void>> upload) {
    return sent(request(HttpMethod.GET, PACKAGES + name))
        .flatMap(answer -> answer.statusCode() == OK ? Uni.createFrom().voidItem() : upload.get());
  }

  private Uni<Void> put(String name, Buffer zip) {
    return sent(request(HttpMethod.PUT, PACKAGES + name), zip)
        .invoke(RayClient::checkOk)
        .replaceWithVoid();
  }

  private Uni<Void> putFile(String name, Path zip) {
    FileSystem files = vertx.fileSystem();
    String path = zip.toString();
    return files
        .props(path)
        .flatMap(
            props ->
                files
                    .open(path, new OpenOptions().setRead(true).setWrite(false))
                    .flatMap(
                        file ->
                            answered(
                                request(HttpMethod.PUT, PACKAGES + name)
                                    .timeout(config.timeout().toMillis() * UPLOAD_TIMES)
                                    .putHeader("Content-Type", "application/octet-stream")
                                    .putHeader("Content-Length", String.valueOf(props.size()))
                                    .sendStream(file))))
        .invoke(RayClient::checkOk)
        .eventually(() -> files.delete(path))
        .replaceWithVoid();
  }

  private Buffer body(JobSubmission job) {
    ObjectNode body = json.createObjectNode();
    body.put("entrypoint", job.entrypoint());
    body.put("submission_id", job.submissionId());
    body.set("metadata", json.valueToTree(job.metadata()));
    ObjectNode environment = body.putObject("runtime_env");
    environment.putArray("py_modules").add(program.uri());
    environment.set("env_vars", json.valueToTree(job.environment()));
    if (job.workingDir() != null) {
      environment.put("working_dir", JobPackage.uriOf(job.workingDir().name()));
    }
    return Buffer.buffer(body.toString());
  }

  private static void checkTaken(HttpResponse<Buffer> answer) {
    String text = textOf(answer);
    int status = answer.statusCode();
    if (status == OK || (status == SERVER_ERROR && isTakenAlready(text))) {
      return;
    }
    if (status == BAD_REQUEST) {
      throw new RayRefused(shortened(text));
    }
    checkOk(answer);
  }

  private static boolean isTakenAlready(String text) {
    return text.contains("already exists") || text.contains("different submission_id");
  }

  @Override
  public Uni<Optional<JobReport>> report(String submissionId) {
    return sent(request(HttpMethod.GET, "/api/jobs/" + submissionId))
        .map(answer -> answer.statusCode() == NOT_FOUND ? Optional.empty() : details(answer));
  }

  private Optional<JobReport> details(HttpResponse<Buffer> answer) {
    JsonNode details = jsonOf(answer);
    Optional<JobReport> report = JobReport.read(details);
    if (report.isEmpty()) {
      throw new RayAway("Ray says status " + details.path("status") + ", which is unknown here");
    }
    return report;
  }

  @Override
  public Uni<Boolean> stop(String submissionId) {
    return sent(request(HttpMethod.POST, "/api/jobs/" + submissionId + "/stop"))
        .map(
            answer ->
                answer.statusCode() != NOT_FOUND
                    && jsonOf(answer).path("stopped").asBoolean(false));
  }

  /** Ray gives the whole log in one answer, which is read as it comes. */
  @Override
  public Multi<byte[]> log(String submissionId) {
    RequestOptions wanted =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(
                config.address().resolve("/api/jobs/" + submissionId + "/logs").toString())
            .setTimeout(config.timeout().toMillis());
    bearer().ifPresent(token -> TOKEN_HEADERS.forEach(name -> wanted.putHeader(name, token)));
    return streams
        .request(wanted)
        .flatMap(HttpClientRequest::send)
        .onItem()
        .transformToMulti(RayClient::printed)
        .onFailure(e -> !(e instanceof RayAway))
        .transform(this::away);
  }

  private static Multi<byte[]> printed(HttpClientResponse answer) {
    if (answer.statusCode() == NOT_FOUND) {
      return answer.end().onItem().transformToMulti(end -> Multi.createFrom().empty());
    }
    if (answer.statusCode() != OK) {
      return answer
          .body()
          .onItem()
          .transformToMulti(
              body ->
                  Multi.createFrom()
                      .failure(
                          new RayAway(
                              "Ray answers "
                                  + answer.statusCode()
                                  + ": "
                                  + shortened(body.toString()))));
    }
    LogDecoder decoder = new LogDecoder();
    return answer.toMulti().map(piece -> decoder.next(piece.getBytes()));
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path) {
    HttpRequest<Buffer> request =
        http.requestAbs(method, config.address().resolve(path).toString())
            .timeout(config.timeout().toMillis());
    bearer().ifPresent(token -> TOKEN_HEADERS.forEach(name -> request.putHeader(name, token)));
    return request;
  }

  private Optional<String> bearer() {
    return config.token().map(token -> "Bearer " + token);
  }

  private Uni<HttpResponse<Buffer>> sent(HttpRequest<Buffer> request) {
    return answered(request.send());
  }

  private Uni<HttpResponse<Buffer>> sent(HttpRequest<Buffer> request, Buffer body) {
    String type = body.length() > 0 && body.getByte(0) == '{' ? "json" : "octet-stream";
    return answered(request.putHeader("Content-Type", "application/" + type).sendBuffer(body));
  }

  private Uni<HttpResponse<Buffer>> answered(Uni<HttpResponse<Buffer>> answer) {
    return answer.onFailure().transform(this::away);
  }

  private RayAway away(Throwable failure) {
    return new RayAway("Ray at " + config.address() + " does not answer: " + failure);
  }

  private JsonNode jsonOf(HttpResponse<Buffer> answer) {
    checkOk(answer);
    try {
      return json.readTree(textOf(answer));
    } catch (JsonProcessingException e) {
      throw new RayAway("Ray's answer is not JSON: " + shortened(textOf(answer)));
    }
  }

  private static void checkOk(HttpResponse<Buffer> answer) {
    if (answer.statusCode() != OK) {
      throw new RayAway("Ray answers " + answer.statusCode() + ": " + shortened(textOf(answer)));
    }
  }

  private static String textOf(HttpResponse<Buffer> answer) {
    String text = answer.bodyAsString();
    return text == null ? "" : text;
  }

  /** The end of an answer: Python puts what matters last. */
  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_ANSWER
        ? line
        : "…" + line.substring(line.length() - LONGEST_ANSWER);
  }
}
