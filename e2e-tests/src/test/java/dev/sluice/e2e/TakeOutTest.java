package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version on its way out: to a disk, over a kill, and as an archive that others open. */
class TakeOutTest {
  private static final int LARGE = 256 << 20;
  private static final int SMALL_FILES = 300;

  /** Reads an archive with the reader that every machine has; a line for each file. */
  private static final String READER =
      """
      import hashlib, sys, tarfile, zipfile
      def say(name, data):
          print(hashlib.sha256(data).hexdigest(), name)
      if sys.argv[1].endswith(".zip"):
          with zipfile.ZipFile(sys.argv[1]) as z:
              assert z.testzip() is None
              for i in z.infolist():
                  assert i.compress_type == zipfile.ZIP_STORED
                  say(i.filename, z.read(i))
      else:
          with tarfile.open(sys.argv[1]) as t:
              for m in t:
                  say(m.name, t.extractfile(m).read())
      """;

  @TempDir private static Path folder;
  private static String project = "";
  private static Map<String, String> uploaded = Map.of();

  @BeforeAll
  static void sealAVersion() throws IOException {
    Sluice.up();
    project = Documents.project();
    Path source = Files.createDirectories(folder.resolve("source/grün/unter ordner"));
    Random random = new Random(7);
    for (int i = 0; i < SMALL_FILES; i++) {
      Files.write(source.resolve("klein-" + i + ".bin"), bytes(random, random.nextInt(20_000)));
    }
    Files.write(folder.resolve("source/a-large.bin"), bytes(random, LARGE));
    uploaded = contents(folder.resolve("source"));
    sluice("dataset", "create", "things", "--type", "binary").ok();
    sluice("upload", "things", folder.resolve("source") + "/", "--seal").ok();
  }

  @Test
  void goesOnWithADownloadThatWasKilled() throws Exception {
    // Given
    Path target = Files.createDirectory(folder.resolve("target"));
    String[] download = {
      "--project", project, "download", "things@v1", "--target", target.toString(), "-o", "json"
    };
    Process killed = Sluice.start(download);
    while (!hasHalfAFile(target)) {
      assertThat(killed.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    killed.destroyForcibly().waitFor();
    assertThat(target.resolve("a-large.bin")).doesNotExist();

    // When
    JsonNode resumed = Sluice.run(download).ok().json();
    JsonNode again = Sluice.run(download).ok().json();

    // Then
    assertThat(resumed.path("results").findValuesAsText("result")).contains("resumed");
    assertThat(resumed.path("bytesReceived").asLong()).isLessThan(resumed.path("bytes").asLong());
    assertThat(again.path("bytesReceived").asLong()).isZero();
    assertThat(contents(target)).isEqualTo(uploaded);
  }

  @Test
  void givesArchivesThatOthersOpen() throws Exception {
    for (String format : new String[] {"zip", "tar"}) {
      // When
      Path archive = archive(format);

      // Then
      Map<String, String> read = new TreeMap<>();
      output("python3", "-c", READER, archive.toString())
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(pair -> read.put(pair[1], pair[0]));
      assertThat(read).isEqualTo(uploaded);
    }
  }

  private static Sluice.Result sluice(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "--project";
    all[1] = project;
    System.arraycopy(words, 0, all, 2, words.length);
    return Sluice.run(all);
  }

  private static boolean hasHalfAFile(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.startsWith("a-large.bin.")
            && name.endsWith(".part")
            && Files.size(file) > 1 << 20) {
          return true;
        }
      }
    }
    return false;
  }

  private static Path archive(String format) throws IOException, InterruptedException {
    Map<String, String> environment = Sluice.environment();
    String path = "/api/v1/projects/" + project + "/datasets/things/versions/v1/archive";
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(environment.get("SLUICE_API") + path + "?format=" + format))
            .header("Authorization", "Bearer " + environment.get("SLUICE_TOKEN"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      Path file = folder.resolve("things." + format);
      HttpResponse<Path> answer = http.send(request, HttpResponse.BodyHandlers.ofFile(file));
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  /** SHA-256 by path. */
  private static Map<String, String> contents(Path root) {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> contents.put(root.relativize(file).toString(), sha256(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  private static String sha256(Path file) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    return out;
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
