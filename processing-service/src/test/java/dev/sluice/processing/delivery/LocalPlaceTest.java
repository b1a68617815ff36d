package dev.sluice.processing.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.processing.delivery.DeliveryFault.Kind;
import dev.sluice.support.chaos.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlaceTest {
  private static final UUID DELIVERY = UUID.fromString("3d2a1b0c-9e8f-4a7b-8c6d-5e4f3a2b1c0d");
  private static final byte[] SMALL = "Water flows.\n".getBytes(UTF_8);

  @TempDir Path root;

  @AfterEach
  void nobodyDies() {
    CrashPoint.arm("");
  }

  @Test
  void bringsFilesIntoAFolderOfTheVersionAndTheManifestLast() throws IOException {
    // When
    new Shipment().with("a.txt", SMALL).with("b/c.txt", SMALL).bring(place(1));

    // Then
    assertThat(filesBelow(root))
        .containsExactlyInAnyOrder(
            "demo/out/v1/a.txt", "demo/out/v1/b/c.txt", "demo/out/_sluice/manifest-v1.json");
    assertThat(root.resolve("demo/out/_sluice/manifest-v1.json"))
        .content()
        .contains("\"v1/b/c.txt\"", "\"size\" : 13");
  }

  @Test
  void leavesFilesThatAreThereAsTheyAre() throws IOException {
    // Given
    Shipment shipment = new Shipment().with("a.txt", SMALL);
    shipment.bring(place(1));
    Object before = Files.getAttribute(root.resolve("demo/out/v1/a.txt"), "unix:ino");

    // When
    shipment.bring(place(2));

    // Then
    assertThat(Files.getAttribute(root.resolve("demo/out/v1/a.txt"), "unix:ino")).isEqualTo(before);
  }

  @Test
  void replacesAFileThatSomebodyCutOff() throws IOException {
    // Given
    Files.createDirectories(root.resolve("demo/out/v1"));
    Files.writeString(root.resolve("demo/out/v1/a.txt"), "Water fl");

    // When
    new Shipment().with("a.txt", SMALL).bring(place(1));

    // Then
    assertThat(root.resolve("demo/out/v1/a.txt")).hasBinaryContent(SMALL);
  }

  @Test
  void aDeathBeforeTheRenameShowsNothingAndLeavesNothingBehind() throws IOException {
    // Given
    Shipment shipment = new Shipment().with("a.txt", SMALL);
    CrashPoint.arm("delivery.local.beforeRename", Death::now);
    assertThatThrownBy(() -> shipment.bring(place(1))).isInstanceOf(Death.class);
    assertThat(filesBelow(root)).hasSize(1).noneMatch(path -> path.endsWith("a.txt"));

    // When
    CrashPoint.arm("");
    shipment.bring(place(2));

    // Then
    assertThat(filesBelow(root))
        .containsExactlyInAnyOrder("demo/out/v1/a.txt", "demo/out/_sluice/manifest-v1.json");
  }

  @Test
  void aDeathBeforeTheManifestShowsAReaderNothing() throws IOException {
    // Given
    Shipment shipment = new Shipment().with("a.txt", SMALL).with("b.txt", SMALL);
    CrashPoint.arm("delivery.beforeManifest", Death::now);

    // When
    assertThatThrownBy(() -> shipment.bring(place(1))).isInstanceOf(Death.class);

    // Then
    assertThat(root.resolve("demo/out/_sluice")).doesNotExist();
  }

  @Test
  void bytesThatAreNotTheVersionsAreNeverSeen() throws IOException {
    // Given
    Shipment shipment = new Shipment().with("a.txt", SMALL).spoiled("a.txt", new byte[13]);

    // When
    DeliveryFault fault = catchThrowableOfType(DeliveryFault.class, () -> shipment.bring(place(1)));

    // Then
    assertThat(fault.kind()).isEqualTo(Kind.CONTENT_WRONG);
    assertThat(filesBelow(root)).isEmpty();
  }

  @Test
  void noLinkLeadsAFileOut() throws IOException {
    // Given
    Path outside = Files.createDirectories(root.resolve("outside"));
    Files.createDirectories(root.resolve("demo/out"));
    Files.createSymbolicLink(root.resolve("demo/out/v1"), outside);

    // When
    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> new Shipment().with("a.txt", SMALL).bring(place(1)));

    // Then
    assertThat(DeliveryFault.of(failure).kind()).isEqualTo(Kind.REFUSED);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aFileIsNotWrittenThroughALinkInItsPlace() throws IOException {
    // Given
    Path victim = Files.writeString(root.resolve("victim"), "mine");
    Files.createDirectories(root.resolve("demo/out/v1"));
    Files.createSymbolicLink(root.resolve("demo/out/v1/a.txt"), victim);

    // When
    assertThatThrownBy(() -> new Shipment().with("a.txt", SMALL).bring(place(1)))
        .isInstanceOf(DeliveryFault.class);

    // Then
    assertThat(victim).hasContent("mine");
  }

  @Test
  void aFullDiskIsAReasonToTryAgainAndKeepsNoHalfFile() throws Exception {
    // Given
    Path small = Files.createDirectories(root.resolve("demo"));
    Assumptions.assumeTrue(
        done("mount", "-t", "tmpfs", "-o", "size=256k", "sluice", small.toString()),
        "not run: no right to mount a small file system");
    try {
      Shipment shipment = new Shipment().with("a.txt", SMALL).with("large.bin", new byte[1 << 20]);

      // When
      IOException failure = catchThrowableOfType(IOException.class, () -> shipment.bring(place(1)));

      // Then
      assertThat(DeliveryFault.of(failure).kind()).isEqualTo(Kind.FULL);
      assertThat(filesBelow(small)).containsExactly("out/v1/a.txt");

      // When there is room again
      assertThat(done("mount", "-o", "remount,size=8m", small.toString())).isTrue();
      shipment.bring(place(2));

      // Then
      assertThat(filesBelow(small))
          .containsExactlyInAnyOrder(
              "out/v1/a.txt", "out/v1/large.bin", "out/_sluice/manifest-v1.json");
    } finally {
      done("umount", small.toString());
    }
  }

  private LocalPlace place(int attempt) throws IOException {
    return new LocalPlace(root, List.of("demo", "out"), new TempName(DELIVERY, attempt));
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
