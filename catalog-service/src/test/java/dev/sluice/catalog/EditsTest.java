package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.DraftWorld.edit;
import static dev.sluice.catalog.DraftWorld.move;
import static dev.sluice.catalog.DraftWorld.paths;
import static dev.sluice.catalog.DraftWorld.put;
import static dev.sluice.catalog.DraftWorld.remove;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@CatalogServers
class EditsTest {

  @Test
  void putsRemovesAndMovesInTheOrderOfTheLines() {
    // Given
    try (DraftWorld world = new DraftWorld("e-order")) {
      String draft = world.draft(Map.of("a.txt", "A", "b.txt", "B", "c.txt", "C"));

      // When
      Response answer =
          edit(
              draft,
              put("copy/a.txt", "A"),
              move("copy/a.txt", "copy/again.txt"),
              remove("b.txt"),
              put("b.txt", "C"),
              "{\"op\":\"put\",\"path\":\"key.txt\",\"objectKey\":\"dataset/wiki/v1/b.txt\"}");

      // Then
      answer
          .then()
          .statusCode(200)
          .body("put", equalTo(3))
          .body("removed", equalTo(1))
          .body("moved", equalTo(1))
          .body("files", equalTo(5))
          .body("bytes", equalTo(5));
      assertThat(DraftWorld.contents(draft))
          .containsOnlyKeys("a.txt", "b.txt", "c.txt", "copy/again.txt", "key.txt")
          .containsEntry("b.txt", Facts.sha256("C".getBytes(UTF_8)))
          .containsEntry("key.txt", Facts.sha256("B".getBytes(UTF_8)));
      as("ada").get(draft).then().body("files", equalTo(5));
      world.seal(draft);
    }
  }

  @Test
  void keepsTheChecksumOfBytesThatArePutAgain() {
    // Given
    try (DraftWorld world = new DraftWorld("e-crc")) {
      String draft = world.draft(Map.of("a.txt", "A"));

      // When
      edit(
              draft,
              put("by-digest.txt", "A"),
              "{\"op\":\"put\",\"path\":\"by-key.txt\",\"objectKey\":\"dataset/wiki/v1/a.txt\"}")
          .then()
          .statusCode(200);

      // Then
      String manifest = as("ada").get(world.seal(draft) + "/manifest").asString();
      assertThat(manifest.lines())
          .hasSize(3)
          .allMatch(line -> line.contains("\"crc32c\":\"" + Facts.crc32c("A") + "\""));
    }
  }

  @Test
  void doesWholeFoldersAtOnce() {
    // Given
    try (DraftWorld world = new DraftWorld("e-folder")) {
      String draft =
          world.draft(Map.of("in/a.txt", "A", "in/deep/b.txt", "B", "in.txt", "C", "old/x", "X"));

      // When
      Response answer =
          edit(
              draft,
              "{\"op\":\"move\",\"path\":\"in/\",\"to\":\"in/new/\",\"prefix\":true}",
              "{\"op\":\"remove\",\"path\":\"old/\",\"prefix\":true}");

      // Then
      answer.then().statusCode(200).body("moved", equalTo(2)).body("removed", equalTo(1));
      assertThat(paths(draft)).containsExactly("in.txt", "in/new/a.txt", "in/new/deep/b.txt");
    }
  }

  @Test
  void takesFilesFromOtherVersions() {
    // Given
    try (DraftWorld world = new DraftWorld("e-from")) {
      world.seal(world.draft(Map.of("a.txt", "A", "b.txt", "B")));
      String draft = world.draft(Map.of("n.txt", "N"));

      // When
      Response answer =
          edit(
              draft,
              "{\"op\":\"put\",\"path\":\"a.txt\",\"from\":{\"version\":\"v1\"}}",
              "{\"op\":\"put\",\"path\":\"x/b.txt\",\"from\":"
                  + "{\"dataset\":\"wiki\",\"version\":\"latest\",\"path\":\"b.txt\"}}");

      // Then
      answer.then().statusCode(200).body("put", equalTo(2));
      assertThat(paths(draft)).containsExactly("a.txt", "n.txt", "x/b.txt");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"op\":\"copy\",\"path\":\"x\"}|op|copy",
        "{\"op\":\"remove\",\"path\":\"gone.txt\"}|path|gone.txt",
        "{\"op\":\"remove\",\"path\":\"../up\"}|path|../up",
        "{\"op\":\"remove\",\"path\":\"none/\",\"prefix\":true}|path|none/",
        "{\"op\":\"move\",\"path\":\"a.txt\",\"to\":\"b.txt\"}|to|b.txt",
        "{\"op\":\"put\",\"path\":\"x\",\"objectKey\":\"not/here\"}|objectKey|not/here",
        "{\"op\":\"put\",\"path\":\"x\",\"sha256\":\"abc\",\"size\":1}|sha256|abc",
        "{\"op\":\"put\",\"path\":\"x\",\"from\":{\"version\":\"v9\"}}|from|wiki@v9",
        "{\"op\":\"put\",\"path\":\"x\",\"from\":{\"version\":\"v1\"}}|from.path|x",
        "nonsense|line|nonsense"
      })
  void changesNothingWhenALineIsRefusedAndNamesIt(String line, String field, String value) {
    // Given
    String name = "e-bad-" + Integer.toHexString(line.hashCode());
    try (DraftWorld world = new DraftWorld(name)) {
      String draft = world.draft(Map.of("a.txt", "A", "b.txt", "B"));

      // When
      Response answer = edit(draft, put("new.txt", "A"), "", line, remove("a.txt"));

      // Then
      answer
          .then()
          .statusCode(400)
          .body("code", equalTo("edit-refused"))
          .body("errors[0].field", equalTo("lines[3]." + field))
          .body("errors[0].value", equalTo(value));
      assertThat(paths(draft)).containsExactly("a.txt", "b.txt");
    }
  }

  @Test
  void keepsBytesOutThatTheProjectDoesNotHold() {
    // Given
    try (DraftWorld other = new DraftWorld("e-other");
        DraftWorld world = new DraftWorld("e-held")) {
      other.draft(Map.of("secret.txt", "secret"));
      String draft = world.draft(Map.of("a.txt", "A"));

      // When
      Response answer = edit(draft, put("stolen.txt", "secret"));

      // Then
      answer
          .then()
          .statusCode(400)
          .body("errors[0].field", equalTo("lines[1].sha256"))
          .body("errors[0].value", equalTo(Facts.sha256("secret".getBytes(UTF_8))));
    }
  }

  @Test
  void keepsAPathFromBeingFileAndFolderAtTheEnd() {
    // Given
    try (DraftWorld world = new DraftWorld("e-conflict")) {
      String draft = world.draft(Map.of("a", "A", "c/d", "D"));

      // When
      Response below = edit(draft, put("a/b", "A"));
      Response above = edit(draft, put("c", "A"));
      Response turned = edit(draft, put("a/b", "A"), remove("a"));

      // Then
      below.then().statusCode(409).body("code", equalTo("path-conflict"));
      assertThat(below.<String>path("detail")).contains("'a/b' and 'a'");
      above.then().statusCode(409).body("code", equalTo("path-conflict"));
      assertThat(above.<String>path("detail")).contains("'c' and 'c/d'");
      turned.then().statusCode(200);
      assertThat(paths(draft)).containsExactly("a/b", "c/d");
    }
  }

  @Test
  void refusesASealedVersion() {
    // Given
    try (DraftWorld world = new DraftWorld("e-sealed")) {
      String sealed = world.seal(world.draft(Map.of("a.txt", "A")));

      // When
      Response answer = edit(sealed, put("b.txt", "A"));

      // Then
      answer.then().statusCode(409).body("code", equalTo("version-sealed"));
    }
  }

  @Test
  void doesManyBlocksOfLinesAndMoreBytesThanFitIntoOtherBodies() {
    // Given
    try (DraftWorld world = new DraftWorld("e-many")) {
      String draft = world.draft(Map.of("a.txt", "A", "b.txt", "B"));
      List<String> lines =
          IntStream.range(0, 20_000)
              .mapToObj(i -> put("many/%05d.txt".formatted((i * 7919) % 20_000), "A"))
              .toList();

      // When
      Response answer = DraftWorld.editAs("ada", draft, String.join("\n", lines));
      Response tooLong = as("ada").post(world.project() + "/datasets", "x".repeat(3 << 20));

      // Then
      assertThat(lines.stream().collect(Collectors.summingInt(String::length)))
          .isGreaterThan(2 << 20);
      answer
          .then()
          .statusCode(200)
          .body("put", equalTo(20_000))
          .body("files", equalTo(20_002))
          .body("bytes", equalTo(20_002));
      tooLong.then().statusCode(413);
    }
  }
}
