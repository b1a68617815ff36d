package dev.sluice.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private static final Routes ROUTES = Routes.standard();

  @ParameterizedTest
  @CsvSource({
    "/api/v1/projects, catalog-service",
    "/api/v1/projects/demo/datasets/a/versions/v1/files/x%2Fy.txt, catalog-service",
    "/api/v1/uploads/chunks, upload-service",
    "/api/v1/imports/schedules, upload-service",
    "/api/v1/runs, processing-service",
    "/api/v1/operators, processing-service",
    "/api/v1/templates/demo/x, processing-service",
    "/api/v1/triggers, processing-service",
    "/api/v1/recipes/demo/notes, vector-sink-service",
    "/api/v1/indexes, vector-sink-service",
    "/api/v1/search, vector-sink-service"
  })
  void leadsEachPathToItsService(String path, String service) {
    assertThat(ROUTES.serviceOf(path)).contains(service);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "/q/health",
        "/q/metrics",
        "/api/v1/projectsx",
        "/api/v1",
        "//api/v1/projects",
        "/api/v1/projects/../../../q/metrics",
        "/api/v1/projects/%2e%2e/%2e%2e/%2e%2e/q/metrics",
        "/api/v1/projects/..;/..;/..;/q/metrics",
        "/api/v1/projects/..%2f..%2fq",
        "/api/v1/projects/%zz"
      })
  void leadsNothingElseAnywhere(String path) {
    assertThat(ROUTES.serviceOf(path)).isEmpty();
  }

  @Test
  void keepsDotsInFileNames() {
    assertThat(ROUTES.serviceOf("/api/v1/projects/p/datasets/d/versions/v1/files/..a/b..c"))
        .isPresent();
  }
}
