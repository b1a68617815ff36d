package dev.sluice.client.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** HTTPS, proxies, and whatever else the platform's own client knows. */
final class PlatformTransport implements StoreTransport {

  private static final Set<String> NOT_OURS =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  /** Slowest pace that is waited for, in bytes a second. */
  private static final long SLOWEST = 100_000;

  private @Nullable HttpClient made;

  /** Made when it is first needed: most uploads never do, and it takes a while. */
  private synchronized HttpClient http() {
    HttpClient http = made;
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(10))
              .build();
      made = http;
    }
    return http;
  }

  @Override
  public StoreAnswer put(URI url, Map<String, String> headers, FileSlice slice) throws IOException {
    HttpRequest.BodyPublisher body =
        slice.size() == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(new SlicePublisher(slice), slice.size());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(60 + slice.size() / SLOWEST))
            .PUT(body);
    headers.forEach(
        (name, value) -> {
          if (!NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value);
          }
        });
    try {
      HttpResponse<String> answer = http().send(request.build(), BodyHandlers.ofString());
      Map<String, String> said = new TreeMap<>();
      answer
          .headers()
          .map()
          .forEach((name, values) -> said.put(name.toLowerCase(Locale.ROOT), values.getLast()));
      return new StoreAnswer(answer.statusCode(), said, answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while sending");
    }
  }

  @Override
  public synchronized void close() {
    if (made != null) {
      made.shutdownNow();
    }
  }
}
