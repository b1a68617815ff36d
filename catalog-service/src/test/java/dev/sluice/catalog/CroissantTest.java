package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@CatalogServers
class CroissantTest {
  private static final String CHECK =
      """
      import sys, mlcroissant
      for path in sys.argv[1:]:
          data = mlcroissant.Dataset(jsonld=path)
          print(path, data.metadata.ctx.issues.report())
          assert not data.metadata.ctx.issues.errors
          assert str(data.metadata.ctx.conforms_to).endswith("V_1_1"), data.metadata.ctx.conforms_to
          assert len(data.metadata.distribution) > 1
      """;

  @Test
  void namesEachFileOfAVersion() {
    try (DraftWorld world = new DraftWorld("cr-few")) {
      // Given
      describe(world);
      String version = world.seal(world.draft(Map.of("docs/a b.txt", "A", "é.txt", "BB")));

      // When
      Response answer = as("ada").get(version + "/croissant");

      // Then
      answer.then().statusCode(200).contentType("application/ld+json");
      JsonPath croissant = JsonPath.from(answer.asString());
      assertThat(croissant.getString("conformsTo")).isEqualTo("http://mlcommons.org/croissant/1.1");
      assertThat(croissant.getString("name")).isEqualTo("wiki");
      assertThat(croissant.getString("license")).isEqualTo("Apache-2.0");
      assertThat(croissant.getString("version")).isEqualTo("1.0.0");
      assertThat(croissant.getString("identifier"))
          .isEqualTo(as("ada").get(version).path("digest"));
      assertThat(croissant.getList("keywords")).containsExactly("text", "docs");
      assertThat(croissant.getList("distribution.name")).containsExactly("docs/a b.txt", "é.txt");
      assertThat(croissant.getList("distribution.sha256", String.class).getFirst())
          .isEqualTo(Facts.sha256("A".getBytes(StandardCharsets.UTF_8)));
      assertThat(croissant.getString("distribution[0].contentUrl"))
          .startsWith("http")
          .endsWith("/versions/v1/files/docs/a%20b.txt?redirect=true");
    }
  }

  @Test
  void namesSetsAndTheManifestOfALargerVersion() {
    try (DraftWorld world = new DraftWorld("cr-many")) {
      // Given
      String version =
          world.seal(world.draft(Map.of("a.txt", "A", "b/c.txt", "B", "d.md", "C", "e.txt", "D")));
      byte[] manifest = as("ada").get(version + "/manifest").asByteArray();

      // When
      JsonPath croissant = JsonPath.from(as("ada").get(version + "/croissant").asString());

      // Then
      assertThat(croissant.getList("distribution.'@id'"))
          .containsExactly("manifest", "files/text%2Fplain");
      assertThat(croissant.getString("distribution[0].sha256")).isEqualTo(Facts.sha256(manifest));
      assertThat(croissant.getString("distribution[0].contentSize"))
          .isEqualTo(manifest.length + " B");
      assertThat(croissant.getList("distribution[1].includes"))
          .containsExactly("**/*.md", "**/*.txt", "*.md", "*.txt");
    }
  }

  @Test
  void describesNoDraft() {
    try (DraftWorld world = new DraftWorld("cr-draft")) {
      String draft = world.draft(Map.of("a", "A"));

      as("ada")
          .get(draft + "/croissant")
          .then()
          .statusCode(409)
          .body("code", equalTo("version-not-sealed"));
    }
  }

  @Test
  void isWhatMlcroissantReads(@TempDir Path folder) throws IOException, InterruptedException {
    try (DraftWorld world = new DraftWorld("cr-lib")) {
      // Given
      describe(world);
      String few = world.seal(world.draft(Map.of("a b.txt", "A", "é/c.txt", "B")));
      String many = world.seal(world.upload(world.heir("v1"), Map.of("d.md", "D", "e", "E")));
      Path one = folder.resolve("few.json");
      Path other = folder.resolve("many.json");
      Files.write(one, as("ada").get(few + "/croissant").asByteArray());
      Files.write(other, as("ada").get(many + "/croissant").asByteArray());

      // Then
      assertThatMlcroissantReads(one, other);
    }
  }

  /** Not decided where no Python has the library. */
  static void assertThatMlcroissantReads(Path... documents)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(pythonOfMlcroissant(), "-c", CHECK));
    Arrays.stream(documents).map(Path::toString).forEach(command::add);
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor()).as(said).isZero();
  }

  private static void describe(DraftWorld world) {
    as("ada")
        .request()
        .header("If-Match", as("ada").get(world.project() + "/datasets/wiki").header("ETag"))
        .body(
            Map.of(
                "description",
                "Pages of a wiki.",
                "tags",
                new String[] {"docs"},
                "licence",
                "Apache-2.0"))
        .patch(world.project() + "/datasets/wiki")
        .then()
        .statusCode(200);
  }

  private static String pythonOfMlcroissant() throws IOException, InterruptedException {
    String python = Optional.ofNullable(System.getenv("SLUICE_TEST_PYTHON")).orElse("python3");
    int found =
        new ProcessBuilder(python, "-c", "import mlcroissant")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    Assumptions.assumeTrue(
        found == 0,
        "not run: no mlcroissant (requirements-croissant.lock of local/src/main/python)");
    return python;
  }
}
