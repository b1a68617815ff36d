package dev.sluice.catalog;

import static io.restassured.RestAssured.given;

import dev.sluice.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** The API as a test calls it: somebody, a method, a path. */
final class CatalogApi {
  static final String PROJECTS = "/api/v1/projects";

  private final String token;

  private CatalogApi(String token) {
    this.token = token;
  }

  static CatalogApi as(String user) {
    return new CatalogApi(TestTokens.of(user));
  }

  static CatalogApi asService() {
    return new CatalogApi(TestTokens.service("processing-service"));
  }

  RequestSpecification request() {
    return given().auth().oauth2(token).contentType(ContentType.JSON).urlEncodingEnabled(false);
  }

  Response get(String path) {
    return request().get(path);
  }

  Response post(String path, Object body) {
    return request().body(body).post(path);
  }

  Response put(String path, Object body) {
    return request().body(body).put(path);
  }

  Response delete(String path) {
    return request().delete(path);
  }

  /** A project of this caller. */
  String project(String name) {
    post(PROJECTS, Map.of("name", name)).then().statusCode(201);
    return PROJECTS + "/" + name;
  }

  /** A text dataset; its id. */
  String dataset(String project, String name) {
    return post(project + "/datasets", Map.of("name", name, "dataType", "text"))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** An open draft; its path. */
  String draft(String project, String dataset) {
    String versions = project + "/datasets/" + dataset + "/versions";
    String number = post(versions, Map.of()).then().statusCode(201).extract().path("version");
    return versions + "/" + number;
  }

  void member(String project, String user, String role) {
    put(project + "/members/" + user, Map.of("role", role)).then().statusCode(200);
  }
}
