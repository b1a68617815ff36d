package dev.sluice.upload.component;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The checked-in description of the API is the service's own. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class OpenApiTest {
  private static final Path CHECKED_IN = Path.of("openapi.yaml");

  /** Run with {@code -Dsluice.update-openapi=true} to take a wanted change over. */
  @Test
  void descriptionIsUpToDate() throws IOException {
    String actual = given().get("/q/openapi").then().statusCode(200).extract().asString();
    if (Boolean.getBoolean("sluice.update-openapi")) {
      Files.writeString(CHECKED_IN, actual);
    }
    assertThat(actual)
        .contains("openapi: 3.1")
        .contains(
            "operationId: get_chunks",
            "operationId: new_multipart",
            "operationId: get_multipart_url",
            "operationId: complete_multipart",
            "operationId: update_chunk",
            "operationId: abort")
        .isEqualTo(Files.readString(CHECKED_IN));
  }

  @Test
  void figuresAndHealthAnswer() {
    assertThat(given().get("/q/metrics").then().statusCode(200).extract().asString())
        .contains("sluice_upload_parts_total", "sluice_upload_bytes_total");
    given().get("/q/health/ready").then().statusCode(200);
  }
}
