package dev.sluice.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * Reads bytes straight from the object store by presigned URL. It sends no token and repeats
 * nothing: whoever wants the file decides.
 */
public final class ObjectStoreClient {

  private final HttpClient http;

  ObjectStoreClient(HttpClient http) {
    this.http = http;
  }

  /**
   * Asks for bytes; the caller closes the body, whatever the status.
   *
   * @param headers such as a range
   * @param patience until the answer begins
   * @throws IOException when there is no answer
   */
  public HttpResponse<InputStream> get(URI url, Map<String, String> headers, Duration patience)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(patience);
    headers.forEach(request::header);
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SluiceUnavailableException("interrupted while receiving", e);
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
