package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to the gateway and repeats those that could not be served just now: nobody there,
 * 429, 502, 503, 504. Every call of the API may be repeated: creating ones carry a key.
 */
final class HttpTransport implements AutoCloseable {

  private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration LONG_TIMEOUT = Duration.ofHours(1);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(20);

  private final HttpClient http;
  private final URI api;
  private final Supplier<String> token;
  private final RetryPolicy retries;
  private final ObjectStoreClient objects;

  HttpTransport(URI api, Supplier<String> token, RetryPolicy retries) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    this.api = api;
    this.token = token;
    this.retries = retries;
    this.objects = new ObjectStoreClient(http);
  }

  ObjectStoreClient objects() {
    return objects;
  }

  <T> T send(ApiRequest request, TypeReference<T> type) {
    return Json.read(text(request), type);
  }

  void send(ApiRequest request) {
    String ignored = text(request);
    assert ignored != null;
  }

  String text(ApiRequest request) {
    return exchange(request, BodyHandlers.ofString()).body();
  }

  /** The answer with its headers. */
  HttpResponse<String> answer(ApiRequest request) {
    return exchange(request, BodyHandlers.ofString());
  }

  /** The answer line by line as it comes; the caller closes the stream. */
  HttpResponse<Stream<String>> lines(ApiRequest request) {
    return exchange(request, BodyHandlers.ofLines());
  }

  /** Sends a file as the body, as long as it takes. */
  <T> T upload(ApiRequest request, Path body, TypeReference<T> type) {
    try {
      BodyPublisher publisher = HttpRequest.BodyPublishers.ofFile(body);
      String answer =
          exchange(
                  request,
                  prepared(request, publisher).timeout(LONG_TIMEOUT),
                  BodyHandlers.ofString())
              .body();
      return Json.read(answer, type);
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <B> HttpResponse<B> exchange(ApiRequest request, BodyHandler<B> handler) {
    return exchange(request, prepared(request, publisher(request.body())), handler);
  }

  private <B> HttpResponse<B> exchange(
      ApiRequest request, HttpRequest.Builder prepared, BodyHandler<B> handler) {
    for (int attempt = 1; ; attempt++) {
      Duration delay = retries.delayAfter(attempt);
      try {
        HttpResponse<B> response = http.send(authorized(prepared), handler);
        if (response.statusCode() < 400) {
          return response;
        }
        Problem problem = Json.problem(response.statusCode(), bodyText(response.body()));
        if (!TRANSIENT.contains(response.statusCode()) || !retries.allowsAfter(attempt)) {
          throw new SluiceProblemException(problem);
        }
        delay = retryAfter(response, delay);
      } catch (IOException e) {
        if (!retries.allowsAfter(attempt)) {
          throw new SluiceUnavailableException(
              "no answer from " + api + " for " + request.method() + " " + request.target(), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SluiceUnavailableException("interrupted while waiting for " + api, e);
      }
      Pause.of(delay);
    }
  }

  private HttpRequest.Builder prepared(ApiRequest request, BodyPublisher body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base() + request.target()))
            .timeout(TIMEOUT)
            .method(request.method(), body);
    request.headers().forEach(builder::header);
    return builder;
  }

  /** A token may end between two tries. */
  private HttpRequest authorized(HttpRequest.Builder prepared) {
    return prepared.setHeader("Authorization", "Bearer " + token.get()).build();
  }

  private String base() {
    String text = api.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static BodyPublisher publisher(@Nullable String body) {
    return body == null
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(body);
  }

  private static String bodyText(Object body) {
    if (body instanceof Stream<?> lines) {
      try (lines) {
        return lines.map(String::valueOf).collect(Collectors.joining("\n"));
      }
    }
    return String.valueOf(body);
  }

  private static Duration retryAfter(HttpResponse<?> response, Duration otherwise) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,4}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(asked -> asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked)
        .filter(asked -> asked.compareTo(otherwise) > 0)
        .orElse(otherwise);
  }

  @Override
  public void close() {
    // HttpClient is AutoCloseable since 21; shutdownNow does not wait for idle connections.
    http.shutdownNow();
  }
}
