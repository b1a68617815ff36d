package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of the catalog ask for and show. */
class CatalogCommandsTest {
  private static final String NOTES = "/api/v1/projects/demo/datasets/notes";
  private static final String TRASH = "/api/v1/projects/demo/trash";
  private static final String VERSION = "{\"version\":\"v3\",\"state\":\"withdrawn\"}";
  private static final String ALIAS = "{\"name\":\"prod\",\"version\":\"v3\",\"movedBy\":\"ada\"}";

  private StubApi api;

  @BeforeEach
  void start() throws IOException {
    api = new StubApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void saysWhyAVersionIsWithdrawnAndForcesIt() {
    // Given
    api.on("POST " + NOTES + "/versions/v3/withdraw", 200, VERSION);

    // When
    Typed typed = type("version", "withdraw", "notes@v3", "--reason", "wrong labels", "--force");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(api.requests())
        .containsExactly(
            "POST " + NOTES + "/versions/v3/withdraw {\"reason\":\"wrong labels\",\"force\":true}");
  }

  @Test
  void saysWhyAVersionIsReleasedOrDropped() {
    // Given
    api.on("POST " + NOTES + "/versions/v3/release", 200, VERSION);
    api.on("DELETE " + NOTES + "/versions/v4", 200, "");

    // When
    Typed released = type("version", "release", "notes@v3");
    Typed dropped = type("version", "drop", "notes@v4", "--reason", "a mistake");

    // Then
    assertThat(released.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(dropped.err()).contains("Dropped notes@v4");
    assertThat(api.requests())
        .containsExactly(
            "POST " + NOTES + "/versions/v3/release {\"reason\":null}",
            "DELETE " + NOTES + "/versions/v4?reason=a%20mistake");
  }

  @Test
  void saysWhyAVersionIsSealed() {
    // Given
    api.on("POST " + NOTES + "/versions/v3/seal", 200, VERSION);

    // When
    type("version", "seal", "notes@v3", "--expect", "4", "--reason", "all is there");

    // Then
    assertThat(api.requests())
        .containsExactly(
            "POST "
                + NOTES
                + "/versions/v3/seal {\"expectedFiles\":4,\"reason\":\"all is there\"}");
  }

  @Test
  void setsTriesShowsAndRemovesARetentionRule() {
    // Given
    String rule = "{\"keepLast\":10,\"keepDays\":90,\"keepReleased\":true}";
    api.on("PUT " + NOTES + "/retention", 200, rule);
    api.on("GET " + NOTES + "/retention", 200, rule);
    api.on("DELETE " + NOTES + "/retention", 200, "");
    api.on(
        "GET " + NOTES + "/retention/plan",
        200,
        """
        {"versions":[{"version":"v2","state":"sealed","files":1200,"bytes":2048,
          "step":"withdraw","why":"not among the newest 1"}]}
        """);

    // When
    Typed nothing = type("retention", "set", "notes");
    type("retention", "set", "notes", "--keep-last", "10", "--keep-days", "90", "--reason", "disk");
    Typed shown = type("retention", "show", "notes");
    Typed planned = type("retention", "plan", "notes", "--keep-last", "1", "--also-released");
    type("retention", "plan", "notes");
    type("retention", "remove", "notes");

    // Then
    assertThat(nothing.err()).contains("--keep-last");
    assertThat(shown.out()).containsPattern("Keep last +10").containsPattern("Keep days +90");
    assertThat(planned.out()).containsPattern("v2 +sealed +1,200 +2.0 KiB +withdraw +not among");
    assertThat(api.requests())
        .containsExactly(
            "PUT " + NOTES + "/retention?reason=disk " + rule,
            "GET " + NOTES + "/retention",
            "GET " + NOTES + "/retention/plan?keepLast=1&keepReleased=false",
            "GET " + NOTES + "/retention/plan",
            "DELETE " + NOTES + "/retention");
  }

  @Test
  void writesAndPrintsTheCardAndSetsTheLicence(@TempDir Path folder) throws IOException {
    // Given
    Path card = Files.writeString(folder.resolve("CARD.md"), "# Notes");
    api.on("GET " + NOTES + "/card", 200, "# Old");
    api.on("PUT " + NOTES + "/card", 200, "# Notes");
    api.on("GET " + NOTES, 200, "{\"name\":\"notes\",\"dataType\":\"text\"}");
    api.on(
        "PATCH " + NOTES,
        200,
        "{\"name\":\"notes\",\"dataType\":\"text\",\"licence\":\"CC-BY-4.0\"}");

    // When
    Typed printed = type("dataset", "card", "notes");
    Typed written = type("dataset", "card", "notes", card.toString());
    Typed licensed = type("dataset", "update", "notes", "--licence", "CC-BY-4.0");

    // Then
    assertThat(printed.out()).isEqualTo("# Old");
    assertThat(written.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(licensed.out()).containsPattern("Licence +CC-BY-4.0");
    assertThat(api.requests())
        .contains(
            "PUT " + NOTES + "/card # Notes", "PATCH " + NOTES + " {\"licence\":\"CC-BY-4.0\"}");
  }

  @Test
  void findsDatasetsByWhatIsWrittenAboutThem() {
    // Given
    api.on("GET /api/v1/projects/demo/datasets", 200, "{\"items\":[]}");

    // When
    type(
        "dataset",
        "list",
        "--tag",
        "a",
        "--tag",
        "b",
        "--creator",
        "ada",
        "--find",
        "\"two words\"",
        "--sort",
        "-created");

    // Then
    assertThat(api.requests().getFirst())
        .contains("tag=a&tag=b", "creator=ada", "q=%22two%20words%22", "sort=-created");
  }

  @Test
  void movesAnAliasFromWhereItPoints() {
    // Given
    api.on("GET " + NOTES + "/aliases", 200, "{\"items\":[" + ALIAS + "]}");
    api.on("PUT " + NOTES + "/aliases/prod", 200, ALIAS);

    // When
    Typed typed = type("alias", "set", "notes", "prod", "v4");
    type("alias", "set", "notes", "prod", "v4", "--expect", "v2", "--reason", "better");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(api.requests())
        .contains(
            "PUT "
                + NOTES
                + "/aliases/prod {\"version\":\"v4\",\"expected\":\"v3\",\"reason\":null}",
            "PUT "
                + NOTES
                + "/aliases/prod {\"version\":\"v4\",\"expected\":\"v2\",\"reason\":\"better\"}");
  }

  @Test
  void listsAliasesAndWhereTheyPointed() {
    // Given
    api.on("GET " + NOTES + "/aliases", 200, "{\"items\":[" + ALIAS + "]}");
    api.on(
        "GET " + NOTES + "/aliases/prod/history",
        200,
        "{\"items\":[{\"id\":2,\"from\":\"v2\",\"to\":\"v3\",\"movedBy\":\"ada\"}]}");

    // Then
    assertThat(type("alias", "list", "notes").out()).containsPattern("prod +v3 +ada");
    assertThat(type("alias", "history", "notes", "prod").out()).containsPattern("v2 +v3 +ada");
  }

  @Test
  void movesATagOnlyWhenToldTo() {
    // Given
    api.on("PUT " + NOTES + "/tags/paper", 200, ALIAS);
    api.on("DELETE " + NOTES + "/tags/paper", 200, "");

    // When
    type("tag", "set", "notes", "paper", "v3");
    type("tag", "set", "notes", "paper", "v4", "--move");
    type("tag", "remove", "notes", "paper");

    // Then
    assertThat(api.requests())
        .containsExactly(
            "PUT " + NOTES + "/tags/paper {\"version\":\"v3\",\"expected\":null,\"reason\":null}",
            "PUT " + NOTES + "/tags/paper {\"version\":\"v4\",\"move\":true,\"reason\":null}",
            "DELETE " + NOTES + "/tags/paper");
  }

  @Test
  void bringsADatasetBackFromTheTrashByItsName() {
    // Given
    trashed("{\"id\":\"id-1\",\"name\":\"notes\",\"deletedBy\":\"ada\"}");
    api.on("POST " + TRASH + "/id-1/restore", 200, "");
    api.on("GET " + NOTES, 200, "{\"name\":\"notes\",\"dataType\":\"text\"}");

    // When
    Typed listed = type("dataset", "trash");
    Typed restored = type("dataset", "restore", "notes", "--reason", "needed");

    // Then
    assertThat(listed.out()).containsPattern("notes +id-1 +ada");
    assertThat(restored.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(api.requests()).contains("POST " + TRASH + "/id-1/restore?reason=needed");
  }

  @Test
  void asksForTheIdWhenANameLiesTwiceInTheTrash() {
    // Given
    trashed("{\"id\":\"id-1\",\"name\":\"notes\"},{\"id\":\"id-2\",\"name\":\"notes\"}");

    // When
    Typed typed = type("dataset", "restore", "notes");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(typed.err()).contains("id-1, id-2");
  }

  @Test
  void purgesOnlyWithYes() {
    // Given
    trashed("{\"id\":\"id-1\",\"name\":\"notes\"}");
    api.on("DELETE " + TRASH + "/id-1", 200, "");

    // When
    Typed refused = type("dataset", "purge", "notes");
    int before = api.requests().size();
    Typed purged = type("dataset", "purge", "id-1", "--reason", "asked to", "--yes");

    // Then
    assertThat(refused.err()).contains("--yes");
    assertThat(before).isEqualTo(1);
    assertThat(purged.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(api.requests().getLast()).isEqualTo("DELETE " + TRASH + "/id-1?reason=asked%20to");
  }

  @Test
  void showsTheAudit() {
    // Given
    api.on(
        "GET /api/v1/projects/demo/audit",
        200,
        """
        {"items":[{"id":7,"at":"2026-11-22T12:00:00Z","actor":"ada","action":"alias.moved",
          "dataset":"notes","object":"prod","reason":"better","details":{"from":"v2","to":"v3"}}]}
        """);

    // When
    Typed typed =
        type(
            "audit",
            "--dataset",
            "notes",
            "--action",
            "alias.moved",
            "--from",
            "2026-11-01T00:00:00Z");
    Typed wrong = type("audit", "--from", "yesterday");

    // Then
    assertThat(typed.out())
        .contains("ada")
        .contains("notes prod")
        .contains("from=v2")
        .contains("better");
    assertThat(api.requests().getFirst())
        .contains("action=alias.moved", "dataset=notes", "from=2026-11-01T00%3A00%3A00Z");
    assertThat(wrong.err()).contains("--from").contains("yesterday");
  }

  @Test
  void showsAndLimitsWhatAProjectHolds() {
    // Given
    String usage = "{\"objects\":1200,\"bytes\":2048,\"quotaBytes\":4096}";
    api.on("GET /api/v1/projects/demo/usage", 200, usage);
    api.on("PUT /api/v1/projects/demo/quota", 200, usage);

    // When
    Typed shown = type("project", "usage");
    type("project", "quota", "4096", "--reason", "full");
    type("project", "quota", "none");
    Typed wrong = type("project", "quota", "much");

    // Then
    assertThat(shown.out()).contains("1,200").contains("2.0 KiB").contains("4.0 KiB");
    assertThat(api.requests())
        .contains(
            "PUT /api/v1/projects/demo/quota {\"bytes\":4096,\"reason\":\"full\"}",
            "PUT /api/v1/projects/demo/quota {\"bytes\":null,\"reason\":null}");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  private void trashed(String items) {
    api.on("GET " + TRASH, 200, "{\"items\":[" + items + "]}");
  }

  private Typed type(String... args) {
    Map<String, String> environment = Map.of("SLUICE_API", api.address(), "SLUICE_TOKEN", "t");
    return Typed.in(environment, new FakeStack(Map.of()), args);
  }
}
