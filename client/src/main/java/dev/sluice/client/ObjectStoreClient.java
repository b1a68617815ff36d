package dev.sluice.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * Moves bytes straight to and from the object store by presigned URL. It sends no token and repeats
 * nothing: whoever holds the file decides.
 */
public final class ObjectStoreClient {

  /** Slowest pace that is waited for, in bytes a second. */
  private static final long SLOWEST = 100_000;

  private final HttpClient http;

  ObjectStoreClient(HttpClient http) {
    this.http = http;
  }

  /**
   * Sends a body of known length.
   *
   * @return status, body and headers of the store's answer, whatever it was
   * @throws IOException when the connection failed
   */
  public HttpResponse<String> put(URI url, BodyPublisher body, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(60 + Math.max(0, body.contentLength()) / SLOWEST))
            .PUT(body);
    headers.forEach(request::header);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SluiceUnavailableException("interrupted while sending", e);
    }
  }

  /**
   * Opens a file for reading.
   *
   * @throws IOException when the store does not answer with the file
   */
  public InputStream get(URI url) throws IOException {
    try {
      HttpResponse<InputStream> response =
          http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw new IOException("the object store answered " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SluiceUnavailableException("interrupted while receiving", e);
    }
  }
}
