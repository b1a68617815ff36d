package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Schemathesis asks each API, through the gateway, what its description allows and what it does
 * not; the answers must be no server errors and keep to the description.
 */
class ApiFuzzTest {
  private static final String SEED = "7";
  private static final String EXAMPLES = "15";
  private static final long LONGEST_MINUTES = 5;

  @BeforeAll
  static void up() {
    Sluice.up();
  }

  @ParameterizedTest
  @ValueSource(strings = "upload-service/openapi.yaml")
  void keepsToItsDescriptionWhateverIsAsked(String description) throws Exception {
    // Given
    Path program = schemathesis();
    Map<String, String> stack = Sluice.environment();
    String token = Sluice.run("token").ok().out().strip();
    Path log = Files.createTempFile(Sluice.state(), "schemathesis", ".log");
    // When
    Process run =
        new ProcessBuilder(
                program.toString(),
                "run",
                Sluice.root().resolve(description).toString(),
                "--url=" + Objects.requireNonNull(stack.get("SLUICE_API")),
                "--header=Authorization: Bearer " + token,
                "--seed=" + SEED,
                "--max-examples=" + EXAMPLES,
                "--phases=coverage,fuzzing",
                "--checks=not_a_server_error,status_code_conformance,"
                    + "content_type_conformance,response_schema_conformance",
                "--suppress-health-check=all",
                "--no-color")
            .directory(Sluice.state().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = run.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    run.destroyForcibly();
    // Then
    assertThat(ended).as("an end within %d minutes", LONGEST_MINUTES).isTrue();
    assertThat(run.exitValue()).as(() -> lastLines(log)).isZero();
  }

  /** Beside the interpreter of the local stack, where the Python tests' packages are. */
  private static Path schemathesis() {
    String python = Optional.ofNullable(System.getenv("SLUICE_TEST_PYTHON")).orElse("");
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Stream.of(python)
                .filter(p -> !p.isEmpty())
                .map(p -> Path.of(p).resolveSibling("schemathesis")),
            Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, "schemathesis")))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () ->
                Assumptions.abort(
                    "not run: no schemathesis (requirements-test.lock of local/src/main/python)"));
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 120), lines.size()));
    } catch (IOException unread) {
      return "see " + log;
    }
  }
}
