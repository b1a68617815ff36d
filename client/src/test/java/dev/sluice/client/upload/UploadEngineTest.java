package dev.sluice.client.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.client.SluiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadEngineTest {

  @TempDir private Path folder;
  private UploadWorld world;
  private SluiceClient client;

  @BeforeEach
  void start() throws IOException {
    world = new UploadWorld();
    client = world.client();
  }

  @AfterEach
  void stop() {
    client.close();
    world.close();
  }

  @Test
  void sendsAFileInParts() throws Exception {
    // Given
    byte[] content = random(5 * UploadWorld.PART + 17);
    LocalFile file = file("big.txt", content);
    AtomicLong stored = new AtomicLong();
    UploadListener listener =
        new UploadListener() {
          @Override
          public void stored(LocalFile of, long bytes) {
            stored.addAndGet(bytes);
          }
        };

    // When
    UploadReport report = world.engine(client).with(listener).upload(List.of(file));

    // Then
    assertThat(report.outcomes().getFirst().result()).isEqualTo(UploadResult.UPLOADED);
    assertThat(report.partsSent()).isEqualTo(6);
    assertThat(world.content("big.txt")).isEqualTo(content);
    assertThat(stored).hasValue(content.length);
    assertThat(report.bytesSent()).isEqualTo(content.length);
  }

  @Test
  void sendsAnEmptyFile() throws Exception {
    // Given
    LocalFile file = file("empty.txt", new byte[0]);

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.outcomes().getFirst().result()).isEqualTo(UploadResult.UPLOADED);
    assertThat(world.content("empty.txt")).isEmpty();
  }

  @Test
  void skipsWhatIsThere() throws Exception {
    // Given
    LocalFile file = file("a.txt", random(100));
    world.engine(client).upload(List.of(file));

    // When
    UploadReport again = world.engine(client).upload(List.of(file));

    // Then
    assertThat(again.outcomes().getFirst().result()).isEqualTo(UploadResult.SKIPPED);
    assertThat(again.present()).hasSize(1);
    assertThat(world.puts()).hasSize(1);
  }

  @Test
  void goesOnWhereAKilledUploadStopped() throws Exception {
    // Given
    byte[] content = random(8 * UploadWorld.PART);
    LocalFile file = file("big.txt", content);
    CountDownLatch someStored = new CountDownLatch(3);
    UploadListener counting =
        new UploadListener() {
          @Override
          public void stored(LocalFile of, long bytes) {
            someStored.countDown();
          }
        };
    world.storeIs((upload, part, times) -> part > 4 ? 503 : null);
    UploadEngine victim = world.engine(client).with(counting);
    Thread killed = Thread.ofPlatform().start(() -> uploadUntilKilled(victim, file));
    someStored.await();
    killed.interrupt();
    killed.join();
    int before = world.puts().size();
    world.storeIs((upload, part, times) -> null);

    // When
    UploadReport report;
    try (SluiceClient fresh = world.client()) {
      report = world.engine(fresh).upload(List.of(file));
    }

    // Then
    UploadOutcome outcome = report.outcomes().getFirst();
    assertThat(outcome.result()).isEqualTo(UploadResult.RESUMED);
    assertThat(outcome.partsSent()).as("two may have been on the wire").isBetween(2, 5);
    assertThat(world.puts().size() - before).isGreaterThanOrEqualTo(outcome.partsSent());
    assertThat(world.content("big.txt")).isEqualTo(content);
  }

  @Test
  void asksForAFreshUrlWhenOneIsRefused() throws Exception {
    // Given
    LocalFile file = file("a.txt", random(2 * UploadWorld.PART));
    world.storeIs((upload, part, times) -> times == 1 ? 403 : null);

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.outcomes().getFirst().result()).isEqualTo(UploadResult.UPLOADED);
    assertThat(world.puts()).hasSize(4);
  }

  @Test
  void neverUsesAnExpiredUrl() throws Exception {
    // Given
    LocalFile file = file("a.txt", random(10));
    world.urlsLive(Duration.ofSeconds(-1));

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.outcomes().getFirst().result()).isEqualTo(UploadResult.FAILED);
    assertThat(report.outcomes().getFirst().reason()).contains("no valid URL");
    assertThat(world.puts()).isEmpty();
  }

  @Test
  void triesAgainWhenTheStoreStumbles() throws Exception {
    // Given
    LocalFile file = file("a.txt", random(3 * UploadWorld.PART));
    world.storeIs((upload, part, times) -> part == 2 && times < 3 ? 500 : null);

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.outcomes().getFirst().result()).isEqualTo(UploadResult.UPLOADED);
    assertThat(world.puts()).hasSize(5);
  }

  @Test
  void sendsAPartAgainThatTheStoreLost() throws Exception {
    // Given
    byte[] content = random(3 * UploadWorld.PART);
    LocalFile file = file("a.txt", content);
    world.losesAPart();

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.outcomes().getFirst().result()).isEqualTo(UploadResult.UPLOADED);
    assertThat(report.partsSent()).isEqualTo(4);
    assertThat(world.content("a.txt")).isEqualTo(content);
  }

  @Test
  void reportsWhatDoesNotBelong() throws Exception {
    // Given
    LocalFile text = file("a.txt", random(10));
    LocalFile picture = file("b.png", random(10));
    world.takesOnly(path -> path.endsWith(".txt"));

    // When
    UploadReport report = world.engine(client).upload(List.of(text, picture));

    // Then
    UploadOutcome ignored = report.with(UploadResult.IGNORED).getFirst();
    assertThat(ignored.file().path()).isEqualTo("b.png");
    assertThat(ignored.reason()).contains("does not belong");
    assertThat(report.present()).hasSize(1);
  }

  @Test
  void aFileThatFailsDoesNotStopTheOthers() throws Exception {
    // Given
    LocalFile gone = new LocalFile(folder.resolve("gone.txt"), "gone.txt");
    LocalFile good = file("good.txt", random(10));

    // When
    UploadReport report = world.engine(client).upload(List.of(gone, good));

    // Then
    assertThat(report.with(UploadResult.FAILED).getFirst().reason()).contains("cannot be read");
    assertThat(report.with(UploadResult.UPLOADED)).hasSize(1);
  }

  @Test
  void stopsAtOnceWhenTheStoreRefusesForGood() throws Exception {
    // Given
    LocalFile file = file("a.txt", random(10));
    world.storeIs((upload, part, times) -> 400);

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.outcomes().getFirst().reason()).contains("400 refused");
    assertThat(world.puts()).hasSize(1);
  }

  @Test
  void tellsTheStoreWhatEachPartMustBe() throws Exception {
    // When
    world.engine(client).upload(List.of(file("a.txt", random(3 * UploadWorld.PART + 1))));

    // Then
    assertThat(world.puts())
        .hasSize(4)
        .allSatisfy(
            put ->
                assertThat(put.header("X-amz-checksum-crc32c"))
                    .isEqualTo(HeldUpload.crc(put.body())));
  }

  @Test
  void readsAFileOnceWhenNothingLikeItIsHeld() throws Exception {
    // When
    world.engine(client).upload(List.of(file("a.txt", random(2 * UploadWorld.PART))));

    // Then
    assertThat(world.calls("/api/v1/uploads/chunks")).hasSize(1);
    assertThat(world.calls("/api/v1/uploads").get(1).text()).doesNotContain("sha256");
  }

  @Test
  void sendsNothingThatTheProjectHoldsElsewhere() throws Exception {
    // Given
    byte[] large = random(5 * UploadWorld.PART);
    byte[] small = random(10);
    world.holds(large);
    world.holds(small);

    // When
    UploadReport report =
        world.engine(client).upload(List.of(file("a.txt", large), file("b.txt", small)));

    // Then
    assertThat(report.with(UploadResult.DEDUPLICATED)).hasSize(1);
    assertThat(report.present()).hasSize(2);
    assertThat(report.bytesSent()).isZero();
    assertThat(world.puts()).isEmpty();
  }

  @Test
  void sendsAFileOfAHeldSizeWithOtherBytes() throws Exception {
    // Given
    world.holds(random(5 * UploadWorld.PART));
    byte[] other = new byte[5 * UploadWorld.PART];

    // When
    UploadReport report = world.engine(client).upload(List.of(file("a.txt", other)));

    // Then
    assertThat(report.with(UploadResult.UPLOADED)).hasSize(1);
    assertThat(world.content("a.txt")).isEqualTo(other);
  }

  @Test
  void announcesAndCompletesSmallFilesTogether() throws Exception {
    // Given
    List<LocalFile> files = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      files.add(file("small-" + i + ".txt", random(i + 1)));
    }

    // When
    UploadReport report = world.engine(client).upload(files);

    // Then
    assertThat(report.with(UploadResult.UPLOADED)).hasSize(250);
    assertThat(world.puts()).hasSize(250);
    assertThat(world.calls("/api/v1/uploads/batch/complete")).hasSize(3);
    assertThat(world.calls("/api/v1/uploads/batch")).hasSize(6);
    assertThat(world.calls("/api/v1/uploads/chunks")).isEmpty();
    assertThat(world.calls("/api/v1/uploads/u")).as("no call for a single file").isEmpty();
    assertThat(world.content("small-99.txt")).isEqualTo(random(100));
  }

  @Test
  void sendsASmallFileAgainUntilTheStoreHasIt() throws Exception {
    // Given
    LocalFile file = file("a.txt", random(10));
    world.storeIs(
        (upload, part, times) ->
            switch (times) {
              case 1 -> UploadWorld.RESET;
              case 2 -> 503;
              case 3 -> 403;
              default -> null;
            });

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.with(UploadResult.UPLOADED)).hasSize(1);
    assertThat(world.content("a.txt")).isEqualTo(random(10));
  }

  @Test
  void completesASmallFileWhoseAnswerWasLost() throws Exception {
    // Given
    LocalFile file = file("a.txt", random(10));
    world.takesButLosesTheAnswer();

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.with(UploadResult.UPLOADED)).hasSize(1);
    assertThat(world.content("a.txt")).isEqualTo(random(10));
    assertThat(world.puts()).hasSize(1);
  }

  @Test
  void outlivesConnectionsThatEnd() throws Exception {
    // Given
    byte[] content = random(9 * UploadWorld.PART);
    world.storeIs((upload, part, times) -> times < 3 ? UploadWorld.RESET : null);

    // When
    UploadReport report = world.engine(client).upload(List.of(file("a.txt", content)));

    // Then
    assertThat(report.with(UploadResult.UPLOADED)).hasSize(1);
    assertThat(world.content("a.txt")).isEqualTo(content);
  }

  @Test
  void sendsOnlyThePartsAgainThatTheReadBackFoundWrong() throws Exception {
    // Given
    byte[] large = random(4 * UploadWorld.PART);
    byte[] small = random(10);
    world.rots(2);

    // When
    UploadReport report =
        world.engine(client).upload(List.of(file("a.txt", large), file("b.txt", small)));

    // Then
    assertThat(report.with(UploadResult.UPLOADED)).hasSize(2);
    assertThat(world.puts()).hasSize(5 + 2);
    assertThat(world.content("a.txt")).isEqualTo(large);
    assertThat(world.content("b.txt")).isEqualTo(small);
  }

  @Test
  void givesUpOnAStoreThatKeepsOtherBytes() throws Exception {
    // Given
    world.rots(1_000);

    // When
    UploadReport report =
        world.engine(client).upload(List.of(file("a.txt", random(2 * UploadWorld.PART))));

    // Then
    assertThat(report.with(UploadResult.FAILED).getFirst().reason()).contains("part 2 differs");
  }

  @Test
  void anotherMachineSendsOnlyWhatIsMissingOrDifferent() throws Exception {
    // Given
    byte[] content = random(8 * UploadWorld.PART);
    LocalFile file = file("big.txt", content);
    world.storeIs((upload, part, times) -> part > 5 ? 400 : null);
    world.engine(client).upload(List.of(file));
    world.storeIs((upload, part, times) -> null);
    content[2 * UploadWorld.PART] ^= 1;
    LocalFile changed = file("elsewhere.txt", content);
    int before = world.puts().size();

    // When
    UploadReport report;
    try (SluiceClient other = world.client()) {
      LocalFile samePath = new LocalFile(changed.source(), "big.txt");
      report = world.engine(other).upload(List.of(samePath));
    }

    // Then
    assertThat(report.outcomes().getFirst().result()).isEqualTo(UploadResult.RESUMED);
    assertThat(world.content("big.txt")).isEqualTo(content);
    assertThat(world.puts().size() - before).isBetween(4, 5);
  }

  @Test
  void failsASmallFileThatChangesWhileItIsUploaded() throws Exception {
    // Given
    LocalFile file = file("a.txt", random(100));
    world.afterBatch(() -> write("a.txt", new byte[100]));

    // When
    UploadReport report = world.engine(client).upload(List.of(file));

    // Then
    assertThat(report.with(UploadResult.FAILED).getFirst().reason()).contains("changed");
  }

  @Test
  void saysWhichFilesTheQuotaHasNoRoomFor() throws Exception {
    // Given
    world.refusesForQuota(path -> path.startsWith("x"));
    LocalFile small = file("x-small.txt", random(10));
    LocalFile large = file("x-large.txt", random(3 * UploadWorld.PART));

    // When
    UploadReport report =
        world.engine(client).upload(List.of(small, large, file("fits.txt", random(20))));

    // Then
    assertThat(report.with(UploadResult.FAILED))
        .hasSize(2)
        .allSatisfy(failed -> assertThat(failed.reason()).contains("no room"));
    assertThat(report.with(UploadResult.UPLOADED)).hasSize(1);
  }

  private static void uploadUntilKilled(UploadEngine engine, LocalFile file) {
    assertThatThrownBy(() -> engine.upload(List.of(file))).isInstanceOf(InterruptedException.class);
  }

  private void write(String name, byte[] content) {
    try {
      file(name, content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private LocalFile file(String name, byte[] content) throws IOException {
    return new LocalFile(Files.write(folder.resolve(name), content), name);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
