package dev.sluice.upload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.support.address.AddressGuard;
import dev.sluice.upload.source.ScriptedServer.Asked;
import dev.sluice.upload.source.ScriptedServer.Reply;
import dev.sluice.upload.source.ScriptedServer.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that change, break off, lie or dawdle give a named failure and never mixed bytes. */
class HttpSourceTest {
  private static final String STRONG = "ETag: \"v1\"";
  private static final String WEAK = "ETag: W/\"v1\"";
  private static final String DATE = "Date: Tue, 15 Nov 2022 12:00:00 GMT";
  private static final String MODIFIED = "Last-Modified: Mon, 14 Nov 2022 12:00:00 GMT";
  private static final byte[] CONTENT = new byte[10_000];

  static {
    new Random(4).nextBytes(CONTENT);
  }

  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedServer.at("127.0.0.2", 0, serving(STRONG));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** An honest server of ranges. */
  private static Script serving(String... headers) {
    return (asked, reply) -> {
      if (asked.hasRange()) {
        partial(reply, asked.from(), asked.to(), CONTENT.length, headers);
      } else {
        reply.head("200 OK", with(headers, "Content-Length: " + CONTENT.length));
        reply.body(CONTENT, 0, CONTENT.length);
      }
    };
  }

  private static void partial(Reply reply, int from, int to, int total, String... headers)
      throws IOException {
    int length = to - from + 1;
    reply.head(
        "206 Partial Content",
        with(
            headers,
            "Content-Range: bytes %d-%d/%d".formatted(from, to, total),
            "Content-Length: " + length));
    reply.body(CONTENT, from, length);
  }

  private static String[] with(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private Source source(String path) throws SourceException {
    return source(path, Optional.empty(), 1L << 30);
  }

  private Source source(String path, Optional<String> glob, long maxSize) throws SourceException {
    SourceSettings settings =
        SourceSettings.strict(List.of(Integer.toString(server.port())))
            .allowing("127.0.0.2/32")
            .taking(maxSize, 10);
    AddressGuard guard =
        AddressGuard.of(
            new AddressGuard.Rules("sluice.test", List.of("127.0.0.2"), settings.allowedPorts()),
            InetAddress::getAllByName);
    return new SourceService(settings, StoreSettings.none(), guard)
        .open("demo", new SourceSpec(server.url(path), Optional.empty(), glob));
  }

  private static SourceFile only(Source source) throws SourceException {
    Iterator<SourceFile> files = source.files();
    SourceFile file = files.next();
    assertThat(files.hasNext()).isFalse();
    return file;
  }

  private static byte[] read(Source source, SourceFile file, long offset, long length)
      throws IOException {
    try (InputStream in = source.open(file, offset, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void readsWholeFileAndRanges() throws IOException {
    try (Source source = source("/data/file.bin")) {
      SourceFile file = only(source);

      assertThat(file)
          .isEqualTo(new SourceFile("file.bin", 10_000, "\"v1\"", true, Optional.empty()));
      assertThat(read(source, file, 0, -1)).isEqualTo(CONTENT);
      assertThat(read(source, file, 9_000, -1))
          .isEqualTo(Arrays.copyOfRange(CONTENT, 9_000, 10_000));
      assertThat(read(source, file, 17, 100)).isEqualTo(Arrays.copyOfRange(CONTENT, 17, 117));
      assertThat(server.asked().getLast().header("If-Range")).isEqualTo("\"v1\"");
      assertThat(server.asked()).allMatch(a -> a.header("Accept-Encoding").equals("identity"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a/b.csv?sign=secret        | ''                                             | b.csv",
        "/a/%C3%A9t%C3%A9.txt        | ''                                             | été.txt",
        "/                           | ''                                             | index",
        "/x                          | attachment; filename=\"y z.csv\"               | y z.csv",
        "/x                          | attachment; filename=y.csv; size=3             | y.csv",
        "/x                          | attachment; filename=\"../../etc/passwd\"      | passwd",
        "/x                          | attachment; filename=\"..\\..\\boot.ini\"      | boot.ini",
        "/x                          | attachment; filename=\"..\"                    | x",
        "/x                          | attachment; filename*=UTF-8''%e2%82%ac.txt     | €.txt",
        "/x                          | attachment; filename*=UTF-8''..%2f..%2fp.txt   | p.txt",
        "/x                          | attachment; filename*=UTF-8''%zz               | x",
        "/x                          | attachment; filename=\"C:\\autoexec.bat\"      | autoexec.bat",
        "/..%2f..%2fetc%2fpasswd     | ''                                             | passwd",
        "/%2e%2e%2f                  | ''                                             | index",
        "/a%00b                      | ''                                             | index",
        "/con%0Aname                 | ''                                             | index",
        "/_sluice                    | ''                                             | index"
      })
  void namesFileByHeaderOrUrl(String path, String disposition, String expected) throws IOException {
    server.says(
        disposition.isEmpty()
            ? serving(STRONG)
            : serving(STRONG, "Content-Disposition: " + disposition));
    try (Source source = source(path)) {
      assertThat(only(source).path()).isEqualTo(expected);
    }
  }

  @Test
  void takesEmptyFile() throws IOException {
    server.says(
        (asked, reply) -> {
          if (asked.hasRange()) {
            reply.head("416 Range Not Satisfiable", "Content-Range: bytes */0", STRONG);
          } else {
            reply.head("200 OK", "Content-Length: 0", STRONG);
          }
        });
    try (Source source = source("/empty")) {
      SourceFile file = only(source);
      assertThat(file.size()).isZero();
      assertThat(read(source, file, 0, -1)).isEmpty();
    }
  }

  @Test
  void leavesOutWhatGlobDoesNotMatch() throws IOException {
    try (Source source = source("/a.csv", Optional.of("*.parquet"), 1 << 20)) {
      assertThat(source.files().hasNext()).isFalse();
    }
  }

  @Test
  void readsWithoutRangesAndWithoutLength() throws IOException {
    server.says((asked, reply) -> reply.head("200 OK", STRONG).body(CONTENT, 0, CONTENT.length));
    try (Source source = source("/x")) {
      SourceFile file = only(source);
      assertThat(file.size()).isEqualTo(-1);
      assertThat(file.ranges()).isFalse();
      assertThat(read(source, file, 0, -1)).isEqualTo(CONTENT);
    }
  }

  @Test
  void stopsStreamWithoutLengthAtLimit() throws IOException {
    server.says((asked, reply) -> reply.head("200 OK", STRONG).body(CONTENT, 0, CONTENT.length));
    try (Source source = source("/x", Optional.empty(), 5_000)) {
      SourceFile file = only(source);
      assertThatThrownBy(() -> read(source, file, 0, -1))
          .isInstanceOf(SourceException.TooLarge.class);
    }
  }

  @Test
  void refusesFileThatIsTooLarge() throws IOException {
    try (Source source = source("/x", Optional.empty(), 5_000)) {
      assertThatThrownBy(source::files)
          .isInstanceOf(SourceException.TooLarge.class)
          .hasMessageContaining("10000");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, Gone", "403, Gone", "401, Gone", "410, Gone", "500, Unreachable", "503, Unreachable",
    "429, Unreachable", "408, Unreachable", "304, Gone", "204, Gone", "206, Invalid", "416, Invalid"
  })
  void namesWhatStatusMeans(int status, String kind) throws IOException {
    server.says((asked, reply) -> reply.head(status + " X", "Content-Length: 0"));
    try (Source source = source("/x?token=secret")) {
      assertThatThrownBy(source::files)
          .isInstanceOf(SourceException.class)
          .hasMessageNotContaining("secret")
          .extracting(e -> e.getClass().getSimpleName())
          .isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "deflate, gzip", "zstd", "x"})
  void refusesEncodingsThatWereNotAskedFor(String encoding) throws IOException {
    server.says(serving(STRONG, "Content-Encoding: " + encoding));
    try (Source source = source("/x.csv")) {
      assertThatThrownBy(source::files)
          .isInstanceOf(SourceException.Invalid.class)
          .hasMessageContaining(encoding);
    }
  }

  @Test
  void takesGzipFileWhoseServerCallsItEncoded() throws IOException {
    server.says(serving(STRONG, "Content-Encoding: gzip"));
    try (Source source = source("/x.csv.gz")) {
      assertThat(read(source, only(source), 0, -1)).isEqualTo(CONTENT);
    }
  }

  @Test
  void readsRangesOnlyOfVersionsThatCanBeTold() throws IOException {
    server.says(serving(WEAK));
    assertThat(only(source("/x")).ranges()).as("weak alone").isFalse();
    server.says(serving(WEAK, MODIFIED, DATE));
    assertThat(only(source("/x")).ranges()).as("weak with date").isTrue();
    server.says(serving(MODIFIED, DATE));
    assertThat(only(source("/x")).ranges()).as("date").isTrue();
    server.says(serving(MODIFIED, "Date: Mon, 14 Nov 2022 12:00:01 GMT"));
    assertThat(only(source("/x")).ranges()).as("date of this very second").isFalse();
    server.says(serving());
    assertThat(only(source("/x")).ranges()).as("nothing").isFalse();
  }

  @Test
  void pinsWeakEtagByDateAndLength() throws IOException {
    server.says(serving(WEAK, MODIFIED, DATE));
    try (Source source = source("/x")) {
      SourceFile file = only(source);
      assertThat(read(source, file, 5, 5)).isEqualTo(Arrays.copyOfRange(CONTENT, 5, 10));
      assertThat(server.asked().getLast().header("If-Range")).isEmpty();

      server.says(serving(WEAK, "Last-Modified: Tue, 15 Nov 2022 11:00:00 GMT", DATE));
      assertThatThrownBy(() -> read(source, file, 10, 5))
          .isInstanceOf(SourceException.Changed.class);
    }
  }

  /** What a lying or changing server says to {@code bytes=100-199}, by name. */
  private static void misbehave(String how, Asked asked, Reply reply) throws IOException {
    switch (how) {
      case "other etag" -> partial(reply, asked.from(), asked.to(), 10_000, "ETag: \"v2\"");
      case "no etag" -> partial(reply, asked.from(), asked.to(), 10_000);
      case "other total" -> partial(reply, asked.from(), asked.to(), 10_001, STRONG);
      case "200" -> serving("ETag: \"v2\"").answer(new Asked("/", java.util.Map.of()), reply);
      case "200 same etag" -> serving(STRONG).answer(new Asked("/", java.util.Map.of()), reply);
      case "412" -> reply.head("412 Precondition Failed", "Content-Length: 0");
      case "416" -> reply.head("416 No", "Content-Range: bytes */50", "Content-Length: 0");
      case "404" -> reply.head("404 Not Found", "Content-Length: 0");
      case "shifted" -> partial(reply, asked.from() + 1, asked.to() + 1, 10_000, STRONG);
      case "shorter" -> partial(reply, asked.from(), asked.to() - 1, 10_000, STRONG);
      case "longer" -> partial(reply, asked.from(), asked.to() + 1, 10_000, STRONG);
      case "no range" -> reply.head("206 Partial Content", STRONG).body(CONTENT, 100, 100);
      case "senseless range" ->
          reply.head("206 P", STRONG, "Content-Range: bytes 199-100/10000").body(CONTENT, 0, 100);
      case "multipart" ->
          reply
              .head("206 P", STRONG, "Content-Type: multipart/byteranges; boundary=x")
              .body(CONTENT, 100, 100);
      case "length lies" ->
          reply
              .head("206 P", STRONG, "Content-Range: bytes 100-199/10000", "Content-Length: 500")
              .body(CONTENT, 100, 100);
      case "encoded" ->
          partial(reply, asked.from(), asked.to(), 10_000, STRONG, "Content-Encoding: gzip");
      case "breaks off" ->
          reply
              .head("206 P", STRONG, "Content-Range: bytes 100-199/10000", "Content-Length: 100")
              .body(CONTENT, 100, 60);
      case "breaks off unsaid" ->
          reply.head("206 P", STRONG, "Content-Range: bytes 100-199/10000").body(CONTENT, 100, 60);
      case "too much unsaid" ->
          reply.head("206 P", STRONG, "Content-Range: bytes 100-199/10000").body(CONTENT, 100, 101);
      case "bad chunks" ->
          reply
              .head(
                  "206 P",
                  STRONG,
                  "Content-Range: bytes 100-199/10000",
                  "Transfer-Encoding: chunked")
              .body("zz\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, 4);
      case "no http" -> reply.body(CONTENT, 0, 1_000);
      case "hangs up" -> reply.out().flush();
      case "503" -> reply.head("503 Busy", "Content-Length: 0");
      case "stalls" -> {
        reply
            .head("206 P", STRONG, "Content-Range: bytes 100-199/10000", "Content-Length: 100")
            .body(CONTENT, 100, 10);
        new java.util.concurrent.CompletableFuture<Void>()
            .completeOnTimeout(null, 3, java.util.concurrent.TimeUnit.SECONDS)
            .join();
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "other etag, Changed",
    "no etag, Changed",
    "other total, Changed",
    "200, Changed",
    "200 same etag, Changed",
    "412, Changed",
    "416, Changed",
    "404, Gone",
    "shifted, Invalid",
    "shorter, Invalid",
    "longer, Invalid",
    "no range, Invalid",
    "senseless range, Invalid",
    "multipart, Invalid",
    "length lies, Invalid",
    "encoded, Invalid",
    "breaks off, Unreachable",
    "breaks off unsaid, Unreachable",
    "too much unsaid, Changed",
    "bad chunks, Unreachable",
    "no http, Unreachable",
    "hangs up, Unreachable",
    "503, Unreachable",
    "stalls, Unreachable"
  })
  void namesHowRangeFails(String how, String kind) throws IOException {
    try (Source source = source("/x")) {
      SourceFile file = only(source);
      server.says((asked, reply) -> misbehave(how, asked, reply));

      assertThatThrownBy(() -> read(source, file, 100, 100))
          .isInstanceOf(SourceException.class)
          .extracting(e -> e.getClass().getSimpleName())
          .isEqualTo(kind);
    }
  }

  @Test
  void neverMixesVersions() throws IOException {
    byte[] other = new byte[CONTENT.length];
    Random random = new Random(28);
    for (int trial = 0; trial < 300; trial++) {
      int changesAt = random.nextInt(8);
      int[] answers = {0};
      boolean drops = random.nextBoolean();
      server.says(
          (asked, reply) -> {
            boolean changed = answers[0]++ >= changesAt;
            boolean honours = !changed || asked.header("If-Range").isEmpty();
            byte[] bytes = changed ? other : CONTENT;
            String tag = changed ? "ETag: \"v2\"" : STRONG;
            if (asked.hasRange() && honours) {
              int length = asked.to() - asked.from() + 1;
              reply.head(
                  "206 P",
                  tag,
                  "Content-Range: bytes %d-%d/10000".formatted(asked.from(), asked.to()),
                  "Content-Length: " + length);
              reply.body(bytes, asked.from(), drops && changed ? length / 2 : length);
            } else {
              reply.head("200 OK", tag, "Content-Length: 10000").body(bytes, 0, 10_000);
            }
          });
      try (Source source = source("/x")) {
        SourceFile file = only(source);
        byte[] expected = file.tag().equals("\"v1\"") ? CONTENT : other;
        for (int from = 0; from < 10_000; from += 2_000) {
          assertThat(read(source, file, from, 2_000))
              .isEqualTo(Arrays.copyOfRange(expected, from, from + 2_000));
        }
      } catch (SourceException e) {
        assertThat(e)
            .isInstanceOfAny(SourceException.Changed.class, SourceException.Unreachable.class);
      }
    }
  }

  @Test
  void wholeFileIsPinnedToo() throws IOException {
    try (Source source = source("/x")) {
      SourceFile file = only(source);
      server.says(serving("ETag: \"v2\""));
      assertThatThrownBy(() -> read(source, file, 0, -1))
          .isInstanceOf(SourceException.Changed.class);
      server.says(
          (asked, reply) -> reply.head("200 OK", STRONG, "Content-Length: 9").body(CONTENT, 0, 9));
      assertThatThrownBy(() -> read(source, file, 0, -1))
          .isInstanceOf(SourceException.Changed.class);
    }
  }

  @Test
  void saysUnreachableWhenNothingListens() throws IOException {
    URI url = server.url("/x");
    server.close();
    try (Source source = source(url.getPath())) {
      assertThatThrownBy(source::files)
          .isInstanceOf(SourceException.Unreachable.class)
          .matches(e -> e instanceof SourceException s && s.retryable());
    }
  }
}
