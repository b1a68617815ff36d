package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class QuotaTest {

  @Test
  void countsWhatIsStoredOnce() {
    // Given: "text 1" and "text 2", and v2 has both paths' newest content
    String project = AliasesTest.sealed("qu-usage", 2).replace("/datasets/wiki", "");

    // When
    Response usage = as("ada").get(project + "/usage");

    // Then
    usage
        .then()
        .statusCode(200)
        .body("objects", equalTo(2))
        .body("bytes", equalTo(12))
        .body("quotaBytes", equalTo(null));
  }

  @Test
  void tellsUploadsTheQuotaThatOwnersSet() {
    // Given
    String project = AliasesTest.sealed("qu-own", 1).replace("/datasets/wiki", "");
    as("ada").member(project, "bob", "editor");
    Map<String, Object> question =
        Map.of("contents", List.of(Map.of("size", 1, "sha256", "a".repeat(64))));

    // When
    as("bob").put(project + "/quota", Map.of("bytes", 10)).then().statusCode(403);
    Response set =
        as("ada").put(project + "/quota", Map.of("bytes", 10, "reason", "a small project"));

    // Then
    set.then().statusCode(200).body("quotaBytes", equalTo(10));
    asService()
        .post(project + "/holdings", question)
        .then()
        .body("quotaBytes", equalTo(10))
        .body("usedBytes", equalTo(6));
    as("ada").put(project + "/quota", Map.of()).then().body("quotaBytes", equalTo(null));
    as("ada")
        .get(project + "/audit?action=quota.set")
        .then()
        .body("items.details.bytes", contains("none", "10"));
  }

  @Test
  void letsOwnersSetNoMoreThanTheAdministrator() {
    String project = as("ada").project("a-quota");
    as("ada")
        .put(project + "/quota", Map.of("bytes", 501))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("bytes"));
    as("ada")
        .put(project + "/quota", Map.of("bytes", 400))
        .then()
        .body("quotaBytes", equalTo(400))
        .body("administratorsBytes", equalTo(500));
  }
}
