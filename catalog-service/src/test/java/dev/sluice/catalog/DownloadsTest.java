package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** Many files at once: addresses and archives. */
@QuarkusTest
@CatalogServers
class DownloadsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ObjectStore store;

  DownloadsTest(ObjectStore store) {
    this.store = store;
  }

  @Test
  void signsAddressesOfTheFilesThatMatchPageByPage() throws Exception {
    // Given
    try (DraftWorld world = new DraftWorld("t-urls")) {
      String version = sealed(world, "t-urls", Map.of("a.txt", "A", "b/ü 1.txt", "B", "c.md", "C"));

      // When
      Response first =
          as("ada").post(version + "/urls", Map.of("globs", List.of("**/*.txt"), "limit", 1));
      Response second =
          as("ada")
              .post(
                  version + "/urls",
                  Map.of(
                      "globs",
                      List.of("**/*.txt"),
                      "limit",
                      1,
                      "cursor",
                      first.<String>path("nextCursor")));

      // Then
      first.then().body("items.path", contains("a.txt")).body("items[0].size", equalTo(1));
      second.then().body("items.path", contains("b/ü 1.txt"));
      second.then().body("items[0].expiresAt", notNullValue());
      assertThat(fetched(second.path("items[0].url"))).isEqualTo("B");
      assertThat(second.<String>path("items[0].sha256"))
          .isEqualTo(Facts.sha256("B".getBytes(UTF_8)));
    }
  }

  @Test
  void signsAddressesThatGiveRangesOfOneObjectOnly() throws Exception {
    // Given
    try (DraftWorld world = new DraftWorld("t-range")) {
      String version = sealed(world, "t-range", Map.of("a.txt", "0123456789"));
      String url =
          as("ada").post(version + "/urls", Map.of("paths", List.of("a.txt"))).path("items[0].url");

      // When
      HttpResponse<String> whole = got(url, "Accept", "*/*");
      String etag = whole.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> rest = got(url, "Range", "bytes=4-", "If-Match", etag);
      HttpResponse<String> other = got(url, "Range", "bytes=4-", "If-Match", "\"other\"");

      // Then
      assertThat(rest.statusCode()).isEqualTo(206);
      assertThat(rest.headers().firstValue("Content-Range")).hasValue("bytes 4-9/10");
      assertThat(rest.body()).isEqualTo("456789");
      assertThat(other.statusCode()).isEqualTo(412);
    }
  }

  @Test
  void saysOfPathsByNameWhatIsMissingOrErased() {
    // Given
    try (DraftWorld world = new DraftWorld("t-named")) {
      String version = sealed(world, "t-named", Map.of("a.txt", "A", "s.txt", "secret"));
      erase("t-named", "s.txt");

      // When
      Response named =
          as("ada").post(version + "/urls", Map.of("paths", List.of("s.txt", "none", "a.txt")));
      Response draft =
          as("ada").post(world.heir("v1") + "/urls", Map.of("paths", List.of("a.txt")));

      // Then
      named
          .then()
          .statusCode(200)
          .body("items.path", contains("s.txt", "none", "a.txt"))
          .body("items.problem", contains("file-erased", "file-not-found", null))
          .body("items[0].url", nullValue())
          .body("items[2].url", notNullValue());
      draft.then().statusCode(200).body("items.path", contains("a.txt"));
    }
  }

  @Test
  void refusesWhatItCannotSign() {
    // Given
    try (DraftWorld world = new DraftWorld("t-wrong")) {
      String version = sealed(world, "t-wrong", Map.of("a.txt", "A"));

      // Then
      refused(version, Map.of("paths", List.of())).body("errors[0].field", equalTo("paths"));
      refused(version, Map.of("paths", List.of("../a"))).body("errors[0].field", equalTo("path"));
      refused(version, Map.of("limit", 10_001)).body("errors[0].field", equalTo("limit"));
      refused(version, Map.of("globs", List.of(""))).body("errors[0].field", equalTo("glob"));
      refused(version, Map.of("paths", List.of("a"), "prefix", "b")).body("errors", hasSize(1));
      refused(version, "{\"paths\":[null]}").body("errors[0].field", equalTo("paths"));
      refused(version, "{\"globs\":[null]}").body("errors[0].field", equalTo("globs"));
      as("ada").get(version + "/archive?format=rar").then().statusCode(400);
      as("ada").get(world.version("v9") + "/archive").then().statusCode(404);
      as("ada").post(world.version("v9") + "/urls", Map.of()).then().statusCode(404);
    }
  }

  @Test
  void streamsAZipWithTheSameBytesEachTime() throws IOException {
    // Given
    Map<String, String> texts =
        Map.of("b/ü 1.txt", "B", "a.txt", "A".repeat(3_000_000), "z.md", "");
    try (DraftWorld world = new DraftWorld("t-zip")) {
      String version = sealed(world, "t-zip", texts);

      // When
      Response zip = as("ada").get(version + "/archive");
      byte[] again = as("ada").get(version + "/archive?format=zip").asByteArray();
      byte[] some = as("ada").get(version + "/archive?glob=*.md&glob=b/**").asByteArray();

      // Then
      zip.then().statusCode(200).contentType("application/zip");
      zip.then().header("Content-Disposition", containsString("wiki-v1.zip"));
      assertThat(zip.asByteArray()).isEqualTo(again);
      assertThat(unzipped(some)).containsOnlyKeys("b/ü 1.txt", "z.md");
      assertThat(zipOf(again)).containsExactly("a.txt", "b/ü 1.txt", "z.md");
    }
  }

  @Test
  void streamsATarWithoutWhatWasErased() throws IOException {
    // Given
    try (DraftWorld world = new DraftWorld("t-tar")) {
      String version =
          sealed(world, "t-tar", Map.of("a.txt", "A", "s.txt", "secret", "z/ü.txt", "Z"));
      erase("t-tar", "s.txt");

      // When
      Response tar = as("ada").get(version + "/archive?format=tar");

      // Then
      tar.then().statusCode(200).contentType("application/x-tar");
      Map<String, String> files = untarred(tar.asByteArray());
      assertThat(files.keySet()).containsExactly("a.txt", "z/ü.txt", "sluice-erased.txt");
      assertThat(files.get("z/ü.txt")).isEqualTo("Z");
      assertThat(files.get("sluice-erased.txt"))
          .isEqualTo(Facts.sha256("secret".getBytes(UTF_8)) + "  s.txt\n");
    }
  }

  @Test
  void breaksOffWhenBytesAreNotThoseOfTheManifest() {
    // Given
    try (DraftWorld world = new DraftWorld("t-rot")) {
      String version =
          sealed(world, "t-rot", Map.of("a.txt", "A".repeat(2_000_000), "b.txt", "before"));
      put("t-rot", "dataset/wiki/v1/b.txt", "behind");

      // Then
      for (String format : List.of("zip", "tar")) {
        assertThatThrownBy(() -> raw(version + "/archive?format=" + format))
            .as(format)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void breaksOffWhenAnObjectIsGone() {
    // Given
    try (DraftWorld world = new DraftWorld("t-gone")) {
      String version =
          sealed(world, "t-gone", Map.of("a.txt", "A".repeat(2_000_000), "b.txt", "B"));
      Await.await(() -> store.delete(store.bucketOf("t-gone"), "dataset/wiki/v1/b.txt"));

      // Then
      assertThatThrownBy(() -> raw(version + "/archive?format=tar"))
          .isInstanceOf(IOException.class);
      assertThat(as("ada").get(version + "/archive?glob=b.txt").statusCode()).isGreaterThan(499);
    }
  }

  private String sealed(DraftWorld world, String project, Map<String, String> texts) {
    texts.forEach((path, text) -> put(project, "dataset/wiki/v1/" + path, text));
    return world.seal(world.draft(texts));
  }

  private void put(String project, String key, String text) {
    Await.await(() -> store.put(store.bucketOf(project), key, text.getBytes(UTF_8), "text/plain"));
  }

  private static void erase(String project, String path) {
    as("ada")
        .post(
            "/api/v1/projects/" + project + "/erasures",
            Map.of("dataset", "wiki", "version", "v1", "path", path, "reason", "a request"))
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse refused(String version, Object body) {
    return as("ada").post(version + "/urls", body).then().statusCode(400);
  }

  private static String fetched(String url) throws IOException, InterruptedException {
    return got(url, "Accept", "*/*").body();
  }

  private static HttpResponse<String> got(String url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).headers(headers).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  /** As a client that notices when an answer is cut. */
  private static byte[] raw(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
            .header("Authorization", "Bearer " + TestTokens.of("ada"))
            .build();
    HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  /** Names in the order of the directory, by a reader that begins with it. */
  private static List<String> zipOf(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("archive", ".zip");
    try {
      Files.write(file, bytes);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
      }
    } finally {
      Files.delete(file);
    }
  }

  private static Map<String, String> unzipped(byte[] bytes) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        files.put(each.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }

  private static Map<String, String> untarred(byte[] bytes) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(bytes), UTF_8.name())) {
      for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
        files.put(each.getName(), new String(tar.readAllBytes(), UTF_8));
      }
    }
    return files;
  }
}
