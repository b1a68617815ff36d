package dev.sluice.chaos.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadersTest {
  private static final String DRAFT = "{\"state\":\"draft\",\"files\":1}";

  private final Readers readers = new Readers("/datasets/d/versions", 1);
  private final String digest = OwnDigest.of(new TreeMap<>(Map.of("a", 1)));
  private final CountDownLatch answered = new CountDownLatch(12);
  private HttpServer server;
  private volatile String version = DRAFT;
  private volatile String manifest = "";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean whole = exchange.getRequestURI().getPath().endsWith("/manifest");
            byte[] body = (whole ? manifest : version).getBytes(UTF_8);
            exchange.getResponseHeaders().add("ETag", '"' + digest + '"');
            exchange.sendResponseHeaders(whole && body.length == 0 ? 409 : 200, body.length);
            exchange.getResponseBody().write(body);
            answered.countDown();
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void findNothingInADraftThatIsSealed() throws Exception {
    version = sealed(digest);
    manifest = line();

    assertThat(read()).isEmpty();
    assertThat(readers.ofDrafts()).isZero();
  }

  @Test
  void nameAnotherDigestThanTheirOwn() throws Exception {
    version = sealed("sha256:" + "0".repeat(64));
    manifest = line();

    assertThat(read()).anySatisfy(each -> assertThat(each).contains("has digest"));
  }

  @Test
  void nameADraftThatWasSealedBefore() throws Exception {
    manifest = line();

    assertThat(read()).contains("v1 was sealed and is a draft again");
  }

  @Test
  void nameHalfASeal() throws Exception {
    version = "{\"state\":\"sealed\",\"files\":1}";

    assertThat(read()).anySatisfy(each -> assertThat(each).startsWith("half a seal"));
  }

  private List<String> read() throws Exception {
    CatalogApi api =
        new CatalogApi("http://127.0.0.1:" + server.getAddress().getPort(), "token", "p");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      readers.start(threads, api);
      answered.await();
      readers.stop();
    }
    return readers.wrong();
  }

  private static String sealed(String digest) {
    return "{\"state\":\"sealed\",\"files\":1,\"digest\":\"" + digest + "\"}";
  }

  private static String line() {
    return "{\"path\":\"a\",\"size\":%d,\"sha256\":\"%s\",\"mediaType\":\"%s\",\"objectKey\":\"k\"}\n"
        .formatted(Contents.size(1), Contents.sha256(1), Contents.MEDIA_TYPE);
  }
}
