package dev.sluice.processing.ray;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Jobs with a cluster of their own: {@code RayJob} objects in the Kubernetes API. A name that is
 * taken means that Kubernetes has the job already.
 */
@ApplicationScoped
@Typed(KubeRayClient.class)
class KubeRayClient implements JobRunner {
  private static final int MULTIPLE_CHOICES = 300;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int LONGEST_ANSWER = 300;
  private static final int LONGEST_LOG = 64 << 20;
  private static final String SUBMITTER = "ray-job-submitter";

  private final KubeRayConfig config;
  private final ObjectMapper json;
  private final Vertx vertx;
  private final WebClient http;

  KubeRayClient(KubeRayConfig config, ObjectMapper json, Vertx vertx) {
    this.config = config;
    this.json = json;
    this.vertx = vertx;
    WebClientOptions options = new WebClientOptions().setFollowRedirects(false);
    if (Files.isReadable(config.caFile())) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(config.caFile().toString()));
    }
    this.http = WebClient.create(vertx, options);
  }

  @Override
  public Uni<Void> submit(JobSubmission job) {
    String manifest = new RayJobManifest(job, config).at(Instant.now()).toString();
    return request(HttpMethod.POST, jobs())
        .map(request -> request.putHeader("Content-Type", "application/json"))
        .flatMap(request -> answered(request.sendBuffer(Buffer.buffer(manifest))))
        .invoke(KubeRayClient::checkTaken)
        .replaceWithVoid();
  }

  private static void checkTaken(HttpResponse<Buffer> answer) {
    int status = answer.statusCode();
    if (status == BAD_REQUEST || status == UNPROCESSABLE) {
      throw new RayRefused(shortened(textOf(answer)));
    }
    if (status != CONFLICT) {
      checkOk(answer);
    }
  }

  @Override
  public Uni<Optional<JobReport>> report(String submissionId) {
    return sent(HttpMethod.GET, jobs() + "/" + submissionId)
        .map(
            answer ->
                answer.statusCode() == NOT_FOUND
                    ? Optional.empty()
                    : Optional.of(RayJobStatus.read(jsonOf(answer))));
  }

  /** Deletes the job; it counts as at work until Kubernetes has removed its pods. */
  @Override
  public Uni<Boolean> stop(String submissionId) {
    return sent(HttpMethod.DELETE, jobs() + "/" + submissionId + "?propagationPolicy=Foreground")
        .map(
            answer -> {
              if (answer.statusCode() == NOT_FOUND) {
                return false;
              }
              checkOk(answer);
              return true;
            });
  }

  /** What the submitting pod, which follows the job's log, has printed. */
  @Override
  public Multi<byte[]> log(String submissionId) {
    return sent(HttpMethod.GET, pods() + "?labelSelector=job-name%3D" + submissionId)
        .map(answer -> jsonOf(answer).path("items").path(0).path("metadata").path("name").asText())
        .flatMap(pod -> pod.isEmpty() ? Uni.createFrom().item("") : logOf(pod))
        .map(text -> text.getBytes(UTF_8))
        .toMulti();
  }

  private Uni<String> logOf(String pod) {
    String path = "/" + pod + "/log?container=" + SUBMITTER + "&limitBytes=" + LONGEST_LOG;
    return sent(HttpMethod.GET, pods() + path)
        .map(
            answer -> {
              if (Set.of(NOT_FOUND, BAD_REQUEST).contains(answer.statusCode())) {
                return "";
              }
              checkOk(answer);
              return textOf(answer);
            });
  }

  private String jobs() {
    return "/apis/ray.io/v1/namespaces/" + config.namespace() + "/rayjobs";
  }

  private String pods() {
    return "/api/v1/namespaces/" + config.namespace() + "/pods";
  }

  private Uni<HttpResponse<Buffer>> sent(HttpMethod method, String path) {
    return request(method, path).flatMap(request -> answered(request.send()));
  }

  private Uni<HttpRequest<Buffer>> request(HttpMethod method, String path) {
    HttpRequest<Buffer> request =
        http.requestAbs(method, config.api().resolve(path).toString())
            .timeout(config.timeout().toMillis());
    return vertx
        .fileSystem()
        .readFile(config.tokenFile().toString())
        .map(token -> request.putHeader("Authorization", "Bearer " + token.toString().strip()))
        .onFailure()
        .transform(e -> new RayAway("no token for Kubernetes: " + e.getMessage()));
  }

  private Uni<HttpResponse<Buffer>> answered(Uni<HttpResponse<Buffer>> answer) {
    return answer
        .onFailure()
        .transform(e -> new RayAway("Kubernetes at " + config.api() + " does not answer: " + e));
  }

  private JsonNode jsonOf(HttpResponse<Buffer> answer) {
    checkOk(answer);
    try {
      return json.readTree(textOf(answer));
    } catch (JsonProcessingException e) {
      throw new RayAway("Kubernetes' answer is not JSON: " + shortened(textOf(answer)));
    }
  }

  private static void checkOk(HttpResponse<Buffer> answer) {
    if (answer.statusCode() >= MULTIPLE_CHOICES) {
      throw new RayAway(
          "Kubernetes answers " + answer.statusCode() + ": " + shortened(textOf(answer)));
    }
  }

  private static String textOf(HttpResponse<Buffer> answer) {
    String text = answer.bodyAsString();
    return text == null ? "" : text;
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_ANSWER ? line : line.substring(0, LONGEST_ANSWER) + "…";
  }
}
