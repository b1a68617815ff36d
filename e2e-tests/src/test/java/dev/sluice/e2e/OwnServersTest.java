package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A second stack that is told to use servers of a team instead of starting its own. */
class OwnServersTest {
  private static final String PROJECT = "borrowed";
  private static Map<String, String> team = Map.of();

  @BeforeAll
  static void up() {
    Sluice.up();
    Map<String, String> theirs = Sluice.environment();
    Map<String, String> named = new HashMap<>();
    named.put("SLUICE_HOME", Sluice.state().resolveSibling("state-of-a-team").toString());
    named.put("SLUICE_PROJECT", PROJECT);
    named.put("SLUICE_S3", theirs.get("S3_ENDPOINT"));
    named.put("SLUICE_S3_ACCESS_KEY", theirs.get("AWS_ACCESS_KEY_ID"));
    named.put("SLUICE_S3_SECRET_KEY", theirs.get("AWS_SECRET_ACCESS_KEY"));
    named.put("SLUICE_RAY", theirs.get("RAY_ADDRESS"));
    named.put("SLUICE_RAY_TOKEN", theirs.get("RAY_AUTH_TOKEN"));
    named.put("SLUICE_QDRANT", theirs.get("QDRANT_GRPC_URL"));
    named.put("SLUICE_QDRANT_API_KEY", theirs.get("QDRANT_API_KEY"));
    team = Map.copyOf(named);
    sluice("up");
  }

  @AfterAll
  static void down() {
    sluice("down");
  }

  @Test
  void startsOnlyWhatNobodyNamed() {
    List<String> replaced =
        sluice("status")
            .out()
            .lines()
            .filter(line -> line.contains("a team's own server"))
            .toList();
    assertThat(replaced).hasSize(3);
    assertThat(sluice("env").out()).contains(team.get("SLUICE_S3"), team.get("SLUICE_RAY"));
  }

  @Test
  void doesTheMainJobOnThem() throws Exception {
    // Given
    Path folder = Files.createDirectories(Sluice.state().resolve("pages"));
    Files.writeString(
        folder.resolve("tokens.md"), "# Tokens\n\nRotate every access token once a month.\n");
    sluice("project", "create", PROJECT);
    sluice("dataset", "create", Documents.HANDBOOK, "--type", "text");
    sluice("dataset", "create", "answers", "--type", "table");
    sluice("recipe", "set", "answers");
    // When
    sluice("upload", Documents.HANDBOOK, folder.toString(), "--seal");
    Path manifest = Documents.manifest(PROJECT, "answers", "python -m sluice.runner");
    sluice("process", "-f", manifest.toString(), "--wait");
    // Then
    Awaitility.await("an answer")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                Sluice.run(team, "search", "answers", "how often do I change tokens?")
                    .out()
                    .contains("tokens.md"));
  }

  private static Sluice.Result sluice(String... arguments) {
    return Sluice.run(team, arguments).ok();
  }
}
