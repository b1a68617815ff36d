package dev.sluice.processing.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.processing.delivery.DeliveryFault.Kind;
import dev.sluice.support.address.AddressGuard;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.nfs.NfsPlace;
import dev.sluice.support.nfs.NfsServer;
import dev.sluice.support.nfs.RpcUser;
import dev.sluice.testing.Ganesha;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delivers to a real NFS-Ganesha. */
class NfsFolderPlaceTest {
  private static final UUID DELIVERY = UUID.fromString("3d2a1b0c-9e8f-4a7b-8c6d-5e4f3a2b1c0d");
  private static final byte[] SMALL = "Water flows.\n".getBytes(UTF_8);
  private static final byte[] LARGE = new byte[(3 << 20) + 5];

  @TempDir static Path work;
  private static Path export;
  private static boolean isSmall;
  private static Ganesha server;

  @BeforeAll
  static void serve() throws IOException, InterruptedException {
    new Random(5).nextBytes(LARGE);
    export = Files.createDirectories(work.toRealPath().resolve("export"));
    isSmall = done("mount", "-t", "tmpfs", "-o", "size=8m", "sluice", export.toString());
    Files.setPosixFilePermissions(export, PosixFilePermissions.fromString("rwxrwxrwx"));
    server = Ganesha.writable(export, work);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (server != null) {
      server.close();
    }
    if (isSmall) {
      done("umount", "-l", export.toString());
    }
  }

  @AfterEach
  void nobodyDies() {
    CrashPoint.arm("");
  }

  @Test
  void bringsFilesAndTheManifestLast() throws IOException {
    // When
    new Shipment().with("a.txt", SMALL).with("b/large.bin", LARGE).bring(place("one", 1));

    // Then
    assertThat(filesBelow(export.resolve("one")))
        .containsExactlyInAnyOrder("v1/a.txt", "v1/b/large.bin", "_sluice/manifest-v1.json");
    assertThat(export.resolve("one/v1/b/large.bin")).hasBinaryContent(LARGE);
  }

  @Test
  void replacesAFileThatSomebodyCutOffAndLeavesTheOthers() throws IOException {
    // Given
    Shipment shipment = new Shipment().with("a.txt", SMALL).with("b.bin", LARGE);
    shipment.bring(place("two", 1));
    Files.writeString(export.resolve("two/v1/a.txt"), "Water fl");
    Object before = Files.getAttribute(export.resolve("two/v1/b.bin"), "unix:ino");

    // When
    shipment.bring(place("two", 2));

    // Then
    assertThat(export.resolve("two/v1/a.txt")).hasBinaryContent(SMALL);
    assertThat(Files.getAttribute(export.resolve("two/v1/b.bin"), "unix:ino")).isEqualTo(before);
  }

  @Test
  void aDeathBeforeTheRenameShowsNothingAndLeavesNothingBehind() throws IOException {
    // Given
    Shipment shipment = new Shipment().with("a.txt", SMALL);
    CrashPoint.arm("delivery.nfs.beforeRename", Death::now);
    assertThatThrownBy(() -> shipment.bring(place("three", 1))).isInstanceOf(Death.class);
    assertThat(filesBelow(export.resolve("three"))).noneMatch(path -> path.endsWith("a.txt"));

    // When
    CrashPoint.arm("");
    shipment.bring(place("three", 2));

    // Then
    assertThat(filesBelow(export.resolve("three")))
        .containsExactlyInAnyOrder("v1/a.txt", "_sluice/manifest-v1.json");
  }

  @Test
  void aLinkOnTheWayIsRefused() throws IOException {
    // Given
    Files.createDirectories(export.resolve("four"));
    Files.createSymbolicLink(export.resolve("four/v1"), work);

    // When
    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> new Shipment().with("a.txt", SMALL).bring(place("four", 1)));

    // Then
    assertThat(DeliveryFault.of(failure).kind()).isEqualTo(Kind.REFUSED);
    assertThat(work.resolve("a.txt")).doesNotExist();
  }

  @Test
  void aFullServerIsAReasonToTryAgainAndKeepsNoHalfFile() throws IOException {
    Assumptions.assumeTrue(isSmall, "not run: no right to mount a small file system");
    // Given
    Shipment shipment = new Shipment().with("a.txt", SMALL).with("huge.bin", new byte[16 << 20]);

    // When
    IOException failure =
        catchThrowableOfType(IOException.class, () -> shipment.bring(place("five", 1)));

    // Then
    assertThat(DeliveryFault.of(failure).kind()).isEqualTo(Kind.FULL);
    assertThat(filesBelow(export.resolve("five"))).containsExactly("v1/a.txt");
  }

  private static NfsFolderPlace place(String folder, int attempt) throws IOException {
    AddressGuard guard =
        AddressGuard.of(
            new AddressGuard.Rules(
                "sluice.deliveries", List.of("127.0.0.1/32"), List.of("111", "1024-65535")));
    String url =
        "nfs://127.0.0.1:%d%s/%s?mountport=%d"
            .formatted(server.nfsPort(), export, folder, server.mountPort());
    return NfsFolderPlace.on(
        new NfsServer(
            guard,
            NfsPlace.of(URI.create(url)),
            RpcUser.NOBODY,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20)),
        new TempName(DELIVERY, attempt));
  }

  private static boolean done(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(p -> folder.relativize(p).toString()).toList();
    }
  }
}
