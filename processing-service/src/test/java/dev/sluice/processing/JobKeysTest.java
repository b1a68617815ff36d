package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.processing.manifest.Manifests;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.credentials.StaticProvider;
import io.minio.errors.ErrorResponseException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class JobKeysTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject ObjectStore store;

  private String bucket = "";

  @BeforeEach
  void twoDatasets() {
    bucket = store.bucketOf("demo");
    Await.await(() -> store.ensureBucket(bucket));
    for (String key : new String[] {"dataset/docs/v1/a.txt", "dataset/secret/v1/plan.txt"}) {
      Await.await(() -> store.put(bucket, key, "text".getBytes(UTF_8), "text/plain"));
    }
  }

  @Test
  void readItsInputsAndNoOtherDataset() {
    // When
    MinioClient job = storeOf(specOfARun());

    // Then
    assertThat(status(() -> read(job, "dataset/docs/v1/a.txt"))).isEqualTo(200);
    assertThat(status(() -> read(job, "dataset/secret/v1/plan.txt"))).isEqualTo(403);
    assertThat(status(() -> read(job, "dataset/docs/v2/later.txt"))).isEqualTo(403);
  }

  @Test
  void writeReadAndListTheOutputAlone() {
    // Given
    JsonPath spec = specOfARun();
    String output = spec.getString("output.keyPrefix");

    // When
    MinioClient job = storeOf(spec);

    // Then
    assertThat(status(() -> write(job, output + "part-00000-a1.parquet"))).isEqualTo(200);
    assertThat(status(() -> read(job, output + "part-00000-a1.parquet"))).isEqualTo(200);
    assertThat(status(() -> list(job, output))).isEqualTo(200);
    assertThat(status(() -> write(job, "dataset/docs/v1/a.txt"))).isEqualTo(403);
    assertThat(status(() -> list(job, "dataset/"))).isEqualTo(403);
  }

  private JsonPath specOfARun() {
    String id =
        given()
            .header("Authorization", bearer("ada"))
            .contentType("text/yaml")
            .body(Manifests.runnable("demo"))
            .post("/api/v1/runs")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    String submission = "sluice-" + id + "-a1";
    await().atMost(SOON).until(() -> ScriptedRay.INSTANCE.knows(submission));
    var environment = ScriptedRay.INSTANCE.job(submission).path("runtime_env").path("env_vars");
    return given()
        .header("Authorization", "Bearer " + environment.path("SLUICE_RUN_TOKEN").asText())
        .get(environment.path("SLUICE_SPEC_URL").asText().replaceFirst("http://[^/]+", ""))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static MinioClient storeOf(JsonPath spec) {
    assertThat(spec.getString("s3.expiresAt")).isNotBlank();
    return MinioClient.builder()
        .endpoint(spec.getString("s3.endpoint"))
        .region(spec.getString("s3.region"))
        .credentialsProvider(
            new StaticProvider(
                spec.getString("s3.accessKey"),
                spec.getString("s3.secretKey"),
                spec.getString("s3.sessionToken")))
        .build();
  }

  private int read(MinioClient job, String key) throws Exception {
    try (var object = job.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
      return object.readAllBytes().length;
    }
  }

  private String write(MinioClient job, String key) throws Exception {
    byte[] bytes = "rows".getBytes(UTF_8);
    return job.putObject(
            PutObjectArgs.builder().bucket(bucket).object(key).stream(
                    new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build())
        .etag();
  }

  private boolean list(MinioClient job, String prefix) throws Exception {
    ListObjectsArgs args = ListObjectsArgs.builder().bucket(bucket).prefix(prefix).build();
    for (var found : job.listObjects(args)) {
      found.get();
    }
    return true;
  }

  private static int status(Callable<?> call) {
    try {
      call.call();
      return 200;
    } catch (ErrorResponseException e) {
      return e.response().code();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
