package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.sluice.testing.TestTokens;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class LineageTest {
  private static final Logger LOG = Logger.getLogger(LineageTest.class);

  private final AgroalDataSource database;

  LineageTest(AgroalDataSource database) {
    this.database = database;
  }

  @Test
  void followsALineBothWaysAsFarAsAsked() throws SQLException {
    // Given
    String versions = aLine("l-ways", 9);

    // When, Then
    assertThat(nodes(versions + "/v5/lineage")).hasSize(5);
    assertThat(nodes(versions + "/v5/lineage?direction=down")).hasSize(5);
    assertThat(nodes(versions + "/v5/lineage?direction=both&depth=2"))
        .containsExactlyInAnyOrder(
            "version:wiki@v3",
            "version:wiki@v4",
            "version:wiki@v5",
            "version:wiki@v6",
            "version:wiki@v7");
    as("ada")
        .get(versions + "/v5/lineage?depth=1")
        .then()
        .body("edges", hasSize(1))
        .body("edges[0].from", equalTo("version:wiki@v4"))
        .body("edges[0].to", equalTo("version:wiki@v5"));
    as("ada").get(versions + "/v5/lineage?direction=sideways").then().statusCode(400);
    as("ada").get(versions + "/v5/lineage?depth=0").then().statusCode(400);
  }

  @Test
  void followsTenThousandVersions() throws SQLException, IOException, InterruptedException {
    // Given: each version inherits from the one before, and was also made from the one before that
    String versions = aLine("l-many", 10_000);

    // When
    List<String> found = nodes(versions + "/v10000/lineage?depth=10000");

    // Then
    assertThat(found).hasSize(10_000);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int time = 1; time <= 5; time++) {
        long begun = System.nanoTime();
        int bytes = body(client, versions + "/v10000/lineage?depth=10000").length;
        long millis = (System.nanoTime() - begun) / 1_000_000;
        LOG.infof("lineage of 10,000 versions: %d bytes in %d ms", bytes, millis);
      }
    }
  }

  /** By a client that does no more than read. */
  private static byte[] body(HttpClient client, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create(RestAssured.baseURI + ":" + RestAssured.port + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + TestTokens.of("ada"))
            .build();
    return client.send(request, BodyHandlers.ofByteArray()).body();
  }

  @Test
  void saysWhatWasCut() throws SQLException {
    // Given
    String versions = aLine("l-cut", 10_002);

    // When
    JsonPath whole = as("ada").get(versions + "/v9/lineage").jsonPath();
    JsonPath near = as("ada").get(versions + "/v9/lineage?depth=3").jsonPath();
    JsonPath most = as("ada").get(versions + "/v10002/lineage?depth=10000").jsonPath();

    // Then
    assertThat(whole.getMap("cut")).isNull();
    assertThat(near.getMap("cut")).isEqualTo(Map.of("by", "depth", "limit", 3));
    assertThat(most.getMap("cut")).isEqualTo(Map.of("by", "versions", "limit", 10_000));
    assertThat(most.getList("nodes.id")).hasSize(10_000).doesNotContain("version:wiki@v1");
  }

  @Test
  void namesWhoUploadedHowMuch() {
    try (DraftWorld world = new DraftWorld("l-upload")) {
      // Given
      String version = world.seal(world.draft(Map.of("a", "1", "b", "22", "c", "333")));

      // When
      JsonPath lineage = as("ada").get(version + "/lineage").jsonPath();

      // Then
      Map<String, Object> upload = lineage.getMap("nodes.find { it.kind == 'upload' }");
      assertThat(upload)
          .containsEntry("uploadedBy", "ada")
          .containsEntry("files", 3)
          .containsEntry("bytes", 6);
      assertThat(lineage.getList("edges.from")).containsExactly(upload.get("id"));
      assertThat(lineage.getList("edges.to")).containsExactly("version:wiki@v1");
    }
  }

  private static List<String> nodes(String path) {
    JsonPath answer = as("ada").get(path).then().statusCode(200).extract().jsonPath();
    return answer.getList("nodes.id");
  }

  private String aLine(String name, int length) throws SQLException {
    String project = as("ada").project(name);
    String id = as("ada").dataset(project, "wiki");
    sql(
        """
        insert into dataset_version (id, dataset_id, project, number, state, files, bytes,
          inherited_from, produced_by, created_by, created_at, digest, sealed_at)
        select gen_random_uuid(), cast('%s' as uuid), '%s', n, 'sealed', 0, 0,
          nullif(n - 1, 0), 'upload', 'ada', now(), 'sha256:' || repeat('0', 64), now()
        from generate_series(1, %d) n
        """
            .formatted(id, name, length));
    if (length > 10) {
      sql(
          """
          insert into version_input (version_id, position, input_version_id)
          select v.id, 0, p.id from dataset_version v
          join dataset_version p on p.dataset_id = v.dataset_id and p.number = v.number - 2
          where v.project = '%s'
          """
              .formatted(name));
    }
    return project + "/datasets/wiki/versions";
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(statement)) {
      update.executeUpdate();
    }
  }
}
