package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.identity.ServiceOnly;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.Response;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls every method of every resource as everybody. */
@QuarkusTest
@CatalogServers
class RoleMatrixTest {

  @Test
  void letsEachRoleDoWhatTheAnnotationsSay() {
    // Given
    String project = as("ada").project("matrix");
    for (Role role : Role.values()) {
      as("ada").member(project, role.text(), role.text());
    }
    List<Call> calls = calls();
    assertThat(calls).hasSizeGreaterThan(20);

    // When, Then
    for (Call call : calls) {
      assertThat(anonymous(call).statusCode()).as("nobody: %s", call).isEqualTo(401);
      for (Role role : Role.values()) {
        check(call, role);
      }
      checkStranger(call);
    }
  }

  private static void check(Call call, Role role) {
    Response answer = as(role.text()).request().body("{}").request(call.verb(), call.path());
    String code = codeOf(answer);
    if (call.servicesOnly()) {
      assertThat(answer.statusCode()).as("%s: %s", role, call).isEqualTo(403);
    } else if (call.needed() != null && !role.atLeast(call.needed())) {
      assertThat(answer.statusCode()).as("%s: %s", role, call).isEqualTo(403);
      assertThat(code).isEqualTo("role-too-low");
    } else {
      assertThat(answer.statusCode()).as("%s: %s", role, call).isNotIn(401, 403, 405, 500);
      assertThat(code).as("%s: %s", role, call).isNotEqualTo("project-not-found");
    }
  }

  private static void checkStranger(Call call) {
    Response answer = as("mallory").request().body("{}").request(call.verb(), call.path());
    if (call.needed() != null) {
      assertThat(answer.statusCode()).as("stranger: %s", call).isEqualTo(404);
      assertThat(codeOf(answer)).as("stranger: %s", call).isEqualTo("project-not-found");
    }
    Response service = asService().request().body("{}").request(call.verb(), call.path());
    assertThat(service.statusCode()).as("service: %s", call).isNotIn(401, 403, 405, 500);
  }

  private static Response anonymous(Call call) {
    return given().contentType(ContentType.JSON).body("{}").request(call.verb(), call.path());
  }

  private static String codeOf(Response answer) {
    return answer.contentType().contains("problem+json") ? answer.path("code") : "";
  }

  private static List<Call> calls() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sluice.catalog")
            .stream()
            .filter(c -> c.isAnnotatedWith(Path.class))
            .flatMap(c -> c.getMethods().stream())
            .filter(m -> m.getAnnotations().stream().anyMatch(RoleMatrixTest::isVerb))
            .map(RoleMatrixTest::call)
            .toList();
  }

  private static Call call(JavaMethod method) {
    String verb =
        method.getAnnotations().stream()
            .filter(RoleMatrixTest::isVerb)
            .map(a -> a.getRawType().getSimpleName())
            .findFirst()
            .orElseThrow();
    String path =
        method.getOwner().getAnnotationOfType(Path.class).value()
            + method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    return new Call(
        Method.valueOf(verb),
        filled(path),
        method.tryGetAnnotationOfType(ProjectRole.class).map(ProjectRole::value).orElse(null),
        method.isAnnotatedWith(ServiceOnly.class));
  }

  private static boolean isVerb(com.tngtech.archunit.core.domain.JavaAnnotation<?> annotation) {
    return annotation.getRawType().isAnnotatedWith(HttpMethod.class);
  }

  private static String filled(String path) {
    return path.replace("{project}", "matrix")
        .replace("{dataset}", "nothing")
        .replace("{version}", "v1")
        .replace("{path:.+}", "a.txt")
        .replace("{user}", "nobody")
        .replace("{kind: aliases|tags}", "aliases")
        .replace("{name}", "prod")
        .replace("{datasetId}", "8f14e45f-ceea-467f-a0e6-1d5c1d5b0c11")
        .replace("{webhook}", "8f14e45f-ceea-467f-a0e6-1d5c1d5b0c11")
        .replace("{delivery}", "1")
        .replace("{collection}", "8f14e45f-ceea-467f-a0e6-1d5c1d5b0c12")
        .replace("{runId}", "8f14e45f-ceea-467f-a0e6-1d5c1d5b0c11");
  }

  /** A request, and who may make it; {@code needed} is null where no project is named. */
  private record Call(
      Method verb,
      String path,
      @org.jspecify.annotations.Nullable Role needed,
      boolean servicesOnly) {}
}
