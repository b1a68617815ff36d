package dev.sluice.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private HttpServer store;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          heard.add(exchange.getRequestMethod() + " " + body.length);
          byte[] answer = "answer".repeat(100).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    store.start();
    proxy = FaultProxy.start(0, URI.create("http://127.0.0.1:" + store.getAddress().getPort()));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    store.stop(0);
  }

  @Test
  void passesEverythingOnWhileItBehaves() throws Exception {
    assertThat(put("bytes").body()).isEqualTo("answer".repeat(100));
    assertThat(heard).containsExactly("PUT 5");
  }

  @Test
  void refusesWithoutAskingTheStore() throws Exception {
    proxy.decide(asked -> new Mischief.SlowDown());
    assertThat(put("bytes").statusCode()).isEqualTo(503);
    assertThat(heard).isEmpty();
  }

  @Test
  void answersWithAnErrorWhatTheStoreHasDone() throws Exception {
    proxy.decide(asked -> new Mischief.ErrorAfterCommit());
    assertThat(put("bytes").statusCode()).isEqualTo(500);
    assertThat(heard).containsExactly("PUT 5");
  }

  @Test
  void saysOkWithAnErrorInTheBody() throws Exception {
    proxy.decide(asked -> new Mischief.OkWithError(false));
    HttpResponse<String> answer = put("bytes");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<Error>");
    assertThat(heard).isEmpty();
  }

  @Test
  void losesAnAnswer() {
    proxy.decide(asked -> new Mischief.AnswerLost());
    assertThatThrownBy(() -> put("bytes")).isInstanceOf(IOException.class);
    assertThat(heard).contains("PUT 5");
  }

  @Test
  void cutsAnAnswer() {
    proxy.decide(asked -> new Mischief.AnswerTruncated());
    assertThatThrownBy(() -> put("bytes")).isInstanceOf(IOException.class);
  }

  @Test
  void bringsAHeldRequestLate() throws Exception {
    // Given
    CountDownLatch release = new CountDownLatch(1);
    proxy.decide(asked -> asked.length() == 4 ? new Mischief.Hold(release) : Mischief.NONE);
    var late = client.sendAsync(request("late"), HttpResponse.BodyHandlers.ofString());
    put("early");
    // When
    release.countDown();
    late.join();
    // Then
    assertThat(heard).containsExactly("PUT 5", "PUT 4");
  }

  private HttpResponse<String> put(String body) throws IOException, InterruptedException {
    return client.send(request(body), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String body) {
    return HttpRequest.newBuilder(URI.create(proxy.address()))
        .version(HttpClient.Version.HTTP_1_1)
        .PUT(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
