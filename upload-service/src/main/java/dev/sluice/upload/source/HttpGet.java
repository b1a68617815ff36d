package dev.sluice.upload.source;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * GET requests for one URL, redirects followed by hand. Where they led is asked directly from then
 * on, until that address refuses: addresses that a redirect gives out may be short-lived.
 */
final class HttpGet {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 421, 425, 429);
  private static final Set<Integer> EXPIRED = Set.of(400, 401, 403, 404, 410);
  private static final int SERVER_ERROR = 500;

  private final OkHttpClient client;
  private final HttpUrl url;
  private final Optional<String> authorization;
  private final int maxRedirects;
  private volatile Hop end;

  /**
   * Requests for a URL.
   *
   * @param client behind the guard, so that each hop of each request is checked like the first
   * @param authorization for the URL's own origin; once a redirect has left it, no further hop gets
   *     it
   */
  HttpGet(OkHttpClient client, HttpUrl url, Optional<String> authorization, int maxRedirects) {
    this.client = client;
    this.url = url;
    this.authorization = authorization;
    this.maxRedirects = maxRedirects;
    this.end = new Hop(url, true);
  }

  HttpUrl url() {
    return url;
  }

  /** The answer, which is no redirect and no error of the server; the caller closes it. */
  Response send(UnaryOperator<Request.Builder> headers) throws SourceException {
    Hop first = new Hop(url, true);
    Hop known = end;
    if (!known.equals(first)) {
      Optional<Response> response = direct(known, headers);
      if (response.isPresent()) {
        return response.get();
      }
    }
    return follow(first, headers);
  }

  /** Empty when the address is good no more. */
  private Optional<Response> direct(Hop known, UnaryOperator<Request.Builder> headers)
      throws SourceException {
    try {
      Response response = answer(request(known.url(), known.trusted(), headers));
      if (!REDIRECTS.contains(response.code()) && !EXPIRED.contains(response.code())) {
        return Optional.of(checked(response, known.url()));
      }
      response.close();
      return Optional.empty();
    } catch (SourceException e) {
      end = new Hop(url, true);
      throw e;
    }
  }

  private Response follow(Hop first, UnaryOperator<Request.Builder> headers)
      throws SourceException {
    HttpUrl at = first.url();
    boolean trusted = first.trusted();
    for (int hops = 0; hops <= maxRedirects; hops++) {
      trusted = trusted && isSameOrigin(at);
      Response response = answer(request(at, trusted, headers));
      if (!REDIRECTS.contains(response.code())) {
        if (response.isSuccessful()) {
          end = new Hop(at, trusted);
        }
        return checked(response, at);
      }
      try (response) {
        at = next(at, response.header("Location"));
      }
    }
    throw new SourceException.Invalid(
        "%s: more than %d redirects".formatted(Text.shown(url), maxRedirects));
  }

  private Request request(HttpUrl at, boolean trusted, UnaryOperator<Request.Builder> headers) {
    Request.Builder request =
        headers
            .apply(new Request.Builder().url(at))
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "sluice");
    if (trusted) {
      authorization.ifPresent(value -> request.header("Authorization", value));
    }
    return request.build();
  }

  private Response answer(Request request) throws SourceException {
    try {
      return client.newCall(request).execute();
    } catch (IOException e) {
      throw SourceException.in(e)
          .orElseGet(
              () ->
                  new SourceException.Unreachable(
                      Text.shown(request.url()) + ": " + Text.shown(String.valueOf(e.getMessage())),
                      e));
    }
  }

  private HttpUrl next(HttpUrl from, @Nullable String location) throws SourceException {
    @Nullable HttpUrl to = location == null ? null : from.resolve(location);
    if (to == null) {
      throw new SourceException.Refused(
          Text.shown(from) + ": redirects to what is neither http nor https");
    }
    if (!to.encodedUsername().isEmpty() || !to.encodedPassword().isEmpty()) {
      throw new SourceException.Refused(Text.shown(from) + ": redirects to a URL with a user");
    }
    if (authorization.isPresent() && from.isHttps() && !to.isHttps()) {
      throw new SourceException.Refused(
          Text.shown(from) + ": credentials are given and it redirects from https to http");
    }
    return to;
  }

  private boolean isSameOrigin(HttpUrl other) {
    return url.scheme().equals(other.scheme())
        && url.host().equals(other.host())
        && url.port() == other.port();
  }

  private static Response checked(Response response, HttpUrl at) throws SourceException {
    int status = response.code();
    if (status >= SERVER_ERROR || TRY_AGAIN.contains(status)) {
      response.close();
      throw new SourceException.Unreachable(Text.shown(at) + ": answers " + status);
    }
    return response;
  }

  /**
   * An address on the way.
   *
   * @param trusted whether it is shown the credentials
   */
  private record Hop(HttpUrl url, boolean trusted) {}
}
