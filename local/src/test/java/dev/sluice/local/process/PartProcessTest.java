package dev.sluice.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartProcessTest {
  private static final Launch SLEEP =
      Launch.of("sleeper", List.of("sleep", "60"), Map.of("SLUICE_TEST", "yes"));

  @TempDir Path folder;

  @AfterEach
  void end() {
    sleeper().stop("TERM", Duration.ofSeconds(5));
  }

  @Test
  void isFoundAgainByAnotherObject() {
    // When
    sleeper().start(SLEEP, Lifetime.DETACHED);

    // Then
    assertThat(sleeper().isAlive()).isTrue();
    assertThat(sleeper().residentBytes()).isPositive();
  }

  @Test
  void startsOnlyOnce() {
    // Given
    sleeper().start(SLEEP, Lifetime.DETACHED);
    long pid = sleeper().pid().orElseThrow();

    // When
    sleeper().start(SLEEP, Lifetime.DETACHED);

    // Then
    assertThat(sleeper().pid()).contains(pid);
  }

  @Test
  void leavesNothingBehindWhenStopped() {
    // Given
    sleeper().start(SLEEP, Lifetime.LEASHED);
    ProcessHandle shell = ProcessHandle.of(sleeper().pid().orElseThrow()).orElseThrow();
    Awaitility.await().until(() -> shell.descendants().count() >= 2);
    List<ProcessHandle> children = shell.descendants().toList();

    // When
    sleeper().stop("TERM", Duration.ofSeconds(5));

    // Then
    assertThat(sleeper().isAlive()).isFalse();
    assertThat(new StateFolder(folder).pidFile("sleeper")).doesNotExist();
    Awaitility.await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void neverTakesAForeignProcessWithTheSamePidForThePart() throws Exception {
    // Given
    long own = ProcessHandle.current().pid();
    Files.writeString(new StateFolder(folder).pidFile("sleeper"), own + " 1000\n");

    // When
    boolean alive = sleeper().isAlive();

    // Then
    assertThat(alive).isFalse();
  }

  @Test
  void isNotAliveWhenThePidFileIsDamaged() throws Exception {
    // Given
    Files.writeString(new StateFolder(folder).pidFile("sleeper"), "what?\n");

    // When
    boolean alive = sleeper().isAlive();

    // Then
    assertThat(alive).isFalse();
  }

  @Test
  void keepsWhatThePartPrints() {
    // When
    sleeper()
        .start(
            Launch.of(
                "sleeper", List.of("sh", "-c", "echo $WORD; exec sleep 60"), Map.of("WORD", "hi")),
            Lifetime.DETACHED);

    // Then
    Path log = new StateFolder(folder).log("sleeper");
    Awaitility.await().untilAsserted(() -> assertThat(log).hasContent("hi"));
  }

  private PartProcess sleeper() {
    return new PartProcess(new StateFolder(folder), "sleeper");
  }
}
