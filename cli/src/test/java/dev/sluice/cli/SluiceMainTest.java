package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SluiceMainTest {

  private static final String DATASETS = "GET /api/v1/projects/demo/datasets";
  private static final String TWO =
      """
      {"items":[
       {"name":"notes","dataType":"text","latestVersion":"v2","tags":[],"creator":"ada"},
       {"name":"a-longer-name","dataType":"image","tags":[]}],"nextCursor":null}
      """;

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
  void printsATable() {
    // Given
    api.on(DATASETS, 200, TWO);

    // When
    Typed typed = type("dataset", "list");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(typed.out().lines().map(String::stripTrailing))
        .containsExactly(
            "NAME            TYPE    LATEST   DISPLAY NAME   SCENARIO   CREATOR   CREATED",
            "notes           text    v2       -              -          ada       -",
            "a-longer-name   image   -        -              -          -         -");
  }

  @Test
  void printsJson() {
    // Given
    api.on(DATASETS, 200, TWO);

    // When
    Typed typed = type("-o", "json", "dataset", "list");

    // Then
    assertThat(typed.out()).startsWith("[ {").contains("\"dataType\" : \"text\"");
  }

  @Test
  void saysWhatHasNoOwner() {
    // Given
    String none = "{\"seen\":7,\"orphans\":0,\"names\":[]}";
    String one = "{\"seen\":3,\"orphans\":1,\"names\":[\"staging/x\"]}";
    api.on(
        "POST /api/v1/uploads/reconciliations",
        200,
        "{\"project\":\"demo\",\"dryRun\":true,\"multipartUploads\":"
            + none
            + ",\"stagedObjects\":"
            + one
            + ",\"objects\":"
            + none
            + ",\"factsSaidAgain\":"
            + none
            + "}");

    // When
    Typed typed = type("reconcile", "--dry-run");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(typed.out()).containsPattern("staged objects +3 +1 +staging/x");
  }

  @Test
  void saysWhatIsNotFound() {
    // When
    Typed typed = type("dataset", "show", "nowhere");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(typed.err())
        .isEqualToIgnoringNewLines("sluice: No GET /api/v1/projects/demo/datasets/nowhere.");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void saysWhatIsRefused() {
    // Given
    api.on(
        "POST /api/v1/projects/demo/datasets/notes/versions/v1/release",
        403,
        "{\"status\":403,\"code\":\"forbidden\",\"detail\":\"You are a viewer.\"}");

    // When
    Typed typed = type("version", "release", "notes", "v1");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(typed.err()).contains("You are a viewer.");
  }

  @Test
  void repeatsTheProblemAsJsonWhenJsonWasAskedFor() {
    // When
    Typed typed = type("dataset", "show", "nowhere", "-o", "json");

    // Then
    assertThat(typed.err()).startsWith("{\"status\":404,\"code\":\"not-found\"");
  }

  @Test
  void saysThatNobodyAnswers() {
    // When
    Typed typed =
        Typed.in(
            Map.of(),
            new FakeStack(Map.of()),
            "job",
            "list",
            "--api",
            "http://127.0.0.1:9",
            "--token",
            "t");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(typed.err()).contains("http://127.0.0.1:9");
  }

  @Test
  void explainsWhatItDoesNotUnderstand() {
    // When
    Typed typed = type("dataset", "create", "notes", "--type", "poem");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(typed.err()).contains("poem").contains("text");
  }

  @Test
  void proposesACommandForAMisspeltOne() {
    // When
    Typed typed = type("serch");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(typed.err()).contains("sluice search");
  }

  @Test
  void pointsToUpWhenThereIsNoStack() {
    // When
    Typed typed = Typed.in(Map.of(), new FakeStack(Map.of()), "dataset", "list");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(typed.err()).contains("sluice up");
  }

  @Test
  void anOptionStandsAboveAVariableAndThatAboveTheStack() {
    // Given
    api.on(DATASETS, 200, TWO);
    FakeStack stack = new FakeStack(Map.of("SLUICE_API", api.address(), "SLUICE_TOKEN", "stack"));

    // When
    Typed.in(Map.of(), stack, "dataset", "list");
    Typed.in(Map.of("SLUICE_TOKEN", "variable"), stack, "dataset", "list");
    Typed.in(Map.of("SLUICE_TOKEN", "variable"), stack, "dataset", "list", "--token", "option");

    // Then
    assertThat(api.tokens()).containsExactly("Bearer stack", "Bearer variable", "Bearer option");
  }

  @Test
  void takesTheProjectFromOptionOrVariable() {
    // Given
    api.on("GET /api/v1/projects/lab/datasets", 200, TWO);

    // When
    Typed byOption = type("dataset", "list", "-p", "lab");
    Typed byVariable =
        Typed.in(
            Map.of("SLUICE_API", api.address(), "SLUICE_TOKEN", "t", "SLUICE_PROJECT", "lab"),
            new FakeStack(Map.of()),
            "dataset",
            "list");

    // Then
    assertThat(byOption.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(byVariable.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void refusesToDeleteWithoutYes() {
    // When
    Typed typed = type("dataset", "delete", "notes");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(typed.err()).contains("--yes");
    assertThat(api.tokens()).isEmpty();
  }

  @Test
  void searchesInPlainWords() {
    // Given
    api.on(
        "POST /api/v1/search",
        200,
        """
        {"hits":[{"score":0.8125,"text":"Two\\nlines","path":"a.md","dataset":"notes",
          "version":"v1","chunkNo":3}],"model":"m","tookMs":7}
        """);

    // When
    Typed typed = type("search", "notes", "what?");

    // Then
    assertThat(typed.out()).isEqualTo("0.813  a.md  (notes@v1)\n       Two lines\n");
    assertThat(typed.err()).startsWith("1 hits, 7 ms");
  }

  private Typed type(String... args) {
    Map<String, String> environment = Map.of("SLUICE_API", api.address(), "SLUICE_TOKEN", "t");
    return Typed.in(environment, new FakeStack(Map.of()), args);
  }
}
