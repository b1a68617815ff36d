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
 * GET requests for one URL, redirects followed by hand.
 *
 * @param client behind the guard, so that each hop is checked like the first
 * @param authorization for the URL's own origin; once a redirect has left it, no further hop gets
 *     it
 */
record HttpGet(OkHttpClient client, HttpUrl url, Optional<String> authorization, int maxRedirects) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 421, 425, 429);
  private static final int SERVER_ERROR = 500;

  /** The answer, which is no redirect and no error of the server; the caller closes it. */
  Response send(UnaryOperator<Request.Builder> headers) throws SourceException {
    HttpUrl at = url;
    boolean trusted = true;
    for (int hops = 0; hops <= maxRedirects; hops++) {
      trusted = trusted && isSameOrigin(at);
      Response response = answer(request(at, trusted, headers));
      if (!REDIRECTS.contains(response.code())) {
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
}
