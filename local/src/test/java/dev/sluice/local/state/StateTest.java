package dev.sluice.local.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
  @TempDir Path folder;

  @Test
  void remembersThePortOfAName() {
    // Given
    StateFolder state = new StateFolder(folder);
    int first = Ports.in(state).of("gateway", Ports.anyFree());

    // When
    int later = Ports.in(state).of("gateway", Ports.anyFree());

    // Then
    assertThat(later).isEqualTo(first);
  }

  @Test
  void takesTheNextPortWhenTheWantedOneIsTaken() throws Exception {
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When
      int port = Ports.in(new StateFolder(folder)).of("kafka", stranger.getLocalPort());

      // Then
      assertThat(port).isGreaterThan(stranger.getLocalPort());
    }
  }

  @Test
  void givesTwoNamesDifferentPorts() {
    // Given
    Ports ports = Ports.in(new StateFolder(folder));
    int wanted = Ports.anyFree();

    // When
    int one = ports.of("one", wanted);
    int other = ports.of("other", wanted);

    // Then
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void keepsSecretsForTheOwnerOnly() throws Exception {
    // Given
    StateFolder state = new StateFolder(folder.resolve("fresh"));
    String secret = Secrets.in(state).of("ray.token");

    // When
    String later = Secrets.in(state).of("ray.token");

    // Then
    assertThat(later).isEqualTo(secret).hasSizeGreaterThan(20);
    Path file = state.path().resolve("secrets.properties");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.path())))
        .isEqualTo("rwx------");
  }

  @Test
  void wipesAllButWhatIsKept() {
    // Given
    StateFolder state = new StateFolder(folder);
    state.folder("python");
    state.folder("kafka/log");

    // When
    state.wipe(List.of("python"));

    // Then
    assertThat(folder).isDirectoryContaining("glob:**python");
    assertThat(folder.resolve("kafka")).doesNotExist();
  }
}
