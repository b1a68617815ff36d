package dev.sluice.client.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.download.DownloadWorld.Got;
import dev.sluice.client.download.DownloadWorld.Mood;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadEngineTest {
  private static final int LARGE = 300_000;

  @TempDir private Path folder;
  private DownloadWorld world;
  private SluiceClient client;

  @BeforeEach
  void start() throws IOException {
    world = new DownloadWorld();
    client = world.client();
  }

  @AfterEach
  void stop() {
    client.close();
    world.close();
  }

  @Test
  void bringsEveryFileUnderItsPath() throws Exception {
    // Given
    byte[] large = world.has("b/ü 1/large.bin", random(LARGE));
    byte[] small = world.has("a.txt", random(10));
    world.has("empty", new byte[0]);
    AtomicLong received = new AtomicLong();
    DownloadListener listener =
        new DownloadListener() {
          @Override
          public void received(String path, long bytes) {
            received.addAndGet(bytes);
          }
        };

    // When
    DownloadReport report = world.engine(client).with(listener).download(to());

    // Then
    assertThat(report.version()).isEqualTo("v3");
    assertThat(report.of(DownloadResult.DOWNLOADED).files()).isEqualTo(3);
    assertThat(report.total().received()).isEqualTo(LARGE + 10).isEqualTo(received.get());
    assertThat(folder.resolve("b/ü 1/large.bin")).hasBinaryContent(large);
    assertThat(folder.resolve("a.txt")).hasBinaryContent(small);
    assertThat(folder.resolve("empty")).isEmptyFile();
    assertThat(world.pages()).containsExactly(2, 1);
    assertThat(leftOvers()).isEmpty();
  }

  @Test
  void fetchesNothingThatIsThere() throws Exception {
    // Given
    world.has("a.txt", random(10));
    byte[] changed = world.has("b.txt", random(10));
    world.engine(client).download(to());
    Files.write(folder.resolve("b.txt"), random(10));
    int before = world.gets().size();

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.of(DownloadResult.PRESENT).files()).isEqualTo(1);
    assertThat(world.gets()).hasSize(before + 1);
    assertThat(folder.resolve("b.txt")).hasBinaryContent(changed);
  }

  @Test
  void goesOnWhereAnAttemptWasKilled() throws Exception {
    // Given
    byte[] large = world.has("large.bin", random(LARGE));
    world.storeIs((path, times) -> Mood.BREAKS);
    world.engine(client).with(once()).download(to());
    world.storeIs((path, times) -> Mood.FINE);

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.of(DownloadResult.RESUMED).files()).isEqualTo(1);
    assertThat(report.total().received()).isBetween(1L, (long) LARGE - 1);
    Got last = world.gets().getLast();
    assertThat(last.range()).isEqualTo("bytes=" + (LARGE - report.total().received()) + "-");
    assertThat(last.ifMatch()).isEqualTo("\"e1\"");
    assertThat(folder.resolve("large.bin")).hasBinaryContent(large);
    assertThat(leftOvers()).isEmpty();
  }

  @Test
  void beginsAgainWhenTheObjectIsAnotherOne() throws Exception {
    // Given
    byte[] large = world.has("large.bin", random(LARGE));
    world.storeIs((path, times) -> Mood.BREAKS);
    world.engine(client).with(once()).download(to());
    world.storeIs((path, times) -> Mood.FINE);
    world.retag("large.bin");

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.problems()).isEmpty();
    assertThat(world.gets().getLast().range()).isNull();
    assertThat(folder.resolve("large.bin")).hasBinaryContent(large);
  }

  @Test
  void doesNotTrustABeginningThatWasDamaged() throws Exception {
    // Given
    byte[] large = world.has("large.bin", random(LARGE));
    world.storeIs((path, times) -> Mood.BREAKS);
    world.engine(client).with(once()).download(to());
    world.storeIs((path, times) -> Mood.FINE);
    Path part = part();
    Files.write(part, new byte[] {1, 2, 3}, StandardOpenOption.WRITE);

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.problems()).isEmpty();
    assertThat(folder.resolve("large.bin")).hasBinaryContent(large);
  }

  @Test
  void goesOnWithinAnAttemptWhenTheConnectionBreaks() throws Exception {
    // Given
    byte[] large = world.has("large.bin", random(LARGE));
    world.storeIs((path, times) -> times < 6 ? Mood.BREAKS : Mood.FINE);

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.of(DownloadResult.DOWNLOADED).received()).isEqualTo(LARGE);
    assertThat(world.gets()).hasSize(6);
    assertThat(folder.resolve("large.bin")).hasBinaryContent(large);
  }

  @Test
  void fetchesOtherBytesOnceAgainAndThenNamesTheFile() throws Exception {
    // Given
    world.has("bad.txt", random(100));
    world.has("late.txt", random(100));
    world.storeIs((path, times) -> path.equals("bad.txt") || times == 1 ? Mood.ROTS : Mood.FINE);

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("bad.txt");
              assertThat(problem.result()).isEqualTo(DownloadResult.FAILED);
              assertThat(problem.reason()).contains("but the manifest says");
            });
    assertThat(world.gets()).hasSize(4);
    assertThat(folder.resolve("bad.txt")).doesNotExist();
    assertThat(folder.resolve("late.txt")).exists();
    assertThat(leftOvers()).isEmpty();
  }

  @Test
  void refusesAnObjectThatIsLongerThanItsFile() throws Exception {
    // Given
    world.has("a.txt", random(100));
    world.storeIs((path, times) -> Mood.ADDS);

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.reason()).contains("longer"));
    assertThat(folder.resolve("a.txt")).doesNotExist();
  }

  @Test
  void takesAFreshAddressWhenOneDoesNotHold() throws Exception {
    // Given
    world.has("a.txt", random(100));
    world.storeIs((path, times) -> times == 1 ? Mood.FORBIDS : Mood.FINE);

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.problems()).isEmpty();
    assertThat(world.pages()).containsExactly(1, 1);
  }

  @Test
  void neverUsesAnAddressThatHasEnded() throws Exception {
    // Given
    world.has("a.txt", random(100));
    world.urlsLive(Duration.ofSeconds(-1));

    // When
    world.engine(client).download(to());

    // Then
    assertThat(world.pages()).as("a page, and a fresh one").hasSizeGreaterThan(1);
  }

  @Test
  void waitsForABusyStoreButNotForEver() throws Exception {
    // Given
    world.has("a.txt", random(100));
    world.has("b.txt", random(100));
    world.storeIs((path, times) -> path.equals("b.txt") || times == 1 ? Mood.BUSY : Mood.FINE);

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.problems()).extracting(DownloadOutcome::path).containsExactly("b.txt");
    assertThat(world.gets()).hasSize(2 + 3);
  }

  @Test
  void givesUpAConnectionThatSaysNothing() throws Exception {
    // Given
    byte[] large = world.has("large.bin", random(LARGE));
    world.storeIs((path, times) -> times == 1 ? Mood.STALLS : Mood.FINE);
    RetryPolicy often = new RetryPolicy(3, Duration.ZERO, Duration.ZERO);

    // When
    DownloadReport report =
        world
            .engine(client)
            .with(new DownloadOptions(2, 2, 1_000, often, Duration.ofMillis(300), false))
            .download(to());

    // Then
    assertThat(report.problems()).isEmpty();
    assertThat(folder.resolve("large.bin")).hasBinaryContent(large);
  }

  @Test
  void neverWritesOutsideTheFolder() throws Exception {
    // Given
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.createSymbolicLink(inside.resolve("link"), outside);
    for (String path : List.of("../outside/a", "/outside/b", "x//c", "x/./d", "link/e", "..")) {
      world.has(path, random(10));
    }
    world.has("fine.txt", random(10));

    // When
    DownloadReport report = world.engine(client).download(DownloadFolder.at(inside));

    // Then
    assertThat(report.problems()).hasSize(6);
    assertThat(outside).isEmptyDirectory();
    assertThat(report.of(DownloadResult.DOWNLOADED).files()).isEqualTo(1);
  }

  @Test
  void namesFilesThatTheDiskDoesNotTellApart() throws Exception {
    // Given
    world.has("Docs/a.txt", random(10));
    world.has("docs/A.txt", random(10));

    // When
    DownloadReport report = world.engine(client).download(new DownloadFolder(folder, true));

    // Then
    assertThat(report.of(DownloadResult.DOWNLOADED).files()).isEqualTo(1);
    assertThat(report.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("does not tell it from"));
  }

  @Test
  void namesErasedFilesAndBringsTheOthers() throws Exception {
    // Given
    world.has("a.txt", random(10));
    world.has("gone.txt", random(10));
    world.erase("gone.txt");

    // When
    DownloadReport report = world.engine(client).download(to());

    // Then
    assertThat(report.of(DownloadResult.ERASED).files()).isEqualTo(1);
    assertThat(report.problems()).extracting(DownloadOutcome::path).containsExactly("gone.txt");
    assertThat(folder.resolve("a.txt")).exists();
  }

  @Test
  void onlyLooksWhenItIsToFetchNothing() throws Exception {
    // Given
    Files.write(folder.resolve("a.txt"), world.has("a.txt", random(10)));
    world.has("b/c.txt", random(10));

    // When
    DownloadReport report =
        world.engine(client).with(DownloadOptions.STANDARD.dry()).download(to());

    // Then
    assertThat(report.of(DownloadResult.PRESENT).files()).isEqualTo(1);
    assertThat(report.of(DownloadResult.PLANNED).bytes()).isEqualTo(10);
    assertThat(world.gets()).isEmpty();
    assertThat(leftOvers()).isEmpty();
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void leavesAFileToWhoeverDownloadsItAlready() throws Exception {
    // Given
    world.has("large.bin", random(LARGE));
    world.storeIs((path, times) -> Mood.BREAKS);
    world.engine(client).with(once()).download(to());
    world.storeIs((path, times) -> Mood.FINE);
    Path part = part();

    // When
    DownloadReport report;
    try (FileChannel other = FileChannel.open(part, StandardOpenOption.WRITE)) {
      other.lock();
      report = world.engine(client).download(to());
    }

    // Then
    assertThat(report.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.reason()).contains("same place"));
  }

  private DownloadFolder to() throws IOException {
    return DownloadFolder.at(folder);
  }

  private static DownloadOptions once() {
    return new DownloadOptions(1, 2, 1_000, RetryPolicy.NONE, Duration.ofSeconds(30), false);
  }

  private Path part() throws IOException {
    return leftOvers().stream()
        .filter(file -> file.toString().endsWith(".part"))
        .findFirst()
        .orElseThrow();
  }

  /** Files that are still on their way. */
  private List<Path> leftOvers() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().contains(".part")).toList();
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random().nextBytes(bytes);
    return bytes;
  }
}
