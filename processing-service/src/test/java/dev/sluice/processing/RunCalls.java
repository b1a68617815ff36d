package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;

/** What ada says to the service, and what her jobs say to it. */
final class RunCalls {
  static final Duration SOON = Duration.ofSeconds(30);

  private final ScriptedRay ray = ScriptedRay.INSTANCE;
  private final ObjectStore store;

  RunCalls(ObjectStore store) {
    this.store = store;
  }

  static RequestSpecification ada() {
    return given().header("Authorization", bearer("ada"));
  }

  static String posted(String yaml) {
    return posted(yaml, Map.of());
  }

  static String posted(String yaml, Map<String, ?> query) {
    return ada()
        .queryParams(query)
        .contentType("text/yaml")
        .body(yaml)
        .post("/api/v1/runs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  static JsonPath run(String id) {
    return ada().get("/api/v1/runs/" + id).then().statusCode(200).extract().jsonPath();
  }

  static JsonPath untilState(String id, String state) {
    await("run " + id + " " + state)
        .atMost(SOON)
        .until(() -> String.valueOf(run(id).getString("state")), equalTo(state));
    return run(id);
  }

  static void cancel(String id) {
    ada().post("/api/v1/runs/" + id + "/cancel").then().statusCode(202);
  }

  static String job(String id, int attempt) {
    return "sluice-" + id + "-a" + attempt;
  }

  /** A run that Ray says is at work. */
  String running(String yaml) {
    String id = posted(yaml);
    untilState(id, "submitted");
    ray.say(job(id, 1), "RUNNING");
    untilState(id, "running");
    return id;
  }

  /** A call of the run's job. */
  RequestSpecification job(String id, int attempt, Object body) {
    String token =
        ray.job(job(id, attempt))
            .path("runtime_env")
            .path("env_vars")
            .path("SLUICE_RUN_TOKEN")
            .asText();
    return given()
        .header("Authorization", "Bearer " + token)
        .contentType(ContentType.JSON)
        .body(body);
  }

  static String path(String id, int attempt, String what) {
    return "/api/v1/runs/" + id + "/attempts/" + attempt + "/" + what;
  }

  static String prefix(String id) {
    return "dataset/chunks/" + run(id).getString("output.version") + "/";
  }

  /** What a program leaves behind that has worked well. */
  void writeOutput(String id, int attempt) {
    String key = prefix(id) + "part-00000-a" + attempt + ".parquet";
    put(key, "PAR1");
    put(
        prefix(id) + "_sluice/manifest-a" + attempt + ".json",
        """
        {"runId":"%s","attempt":%d,"rows":2,"bytes":4,"schema":[],
         "environment":{"python":"3.11.2","ray":"2.60.0"},
         "counts":{"in":3,"added":0,"out":2,"dropped":1,"quarantined":0},
         "operators":[{"operator":"o","rowsIn":3,"added":0,"rowsOut":2,"dropped":1,
                       "reasons":{"too-short":1},"quarantined":0}],
         "blocks":{"total":1,"reused":0},
         "files":[{"path":"part-00000.parquet","objectKey":"%s","size":4,"sha256":"%s",
                   "mediaType":"application/vnd.apache.parquet","rows":2}]}
        """
            .formatted(id, attempt, key, "a".repeat(64)));
  }

  void put(String key, String text) {
    String bucket = store.bucketOf("demo");
    Await.await(() -> store.ensureBucket(bucket));
    Await.await(() -> store.put(bucket, key, text.getBytes(UTF_8), "application/octet-stream"));
  }

  boolean isThere(String key) {
    return Await.await(() -> store.stat(store.bucketOf("demo"), key)).isPresent();
  }
}
