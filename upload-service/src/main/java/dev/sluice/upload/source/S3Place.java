package dev.sluice.upload.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What {@code s3://bucket/prefix?endpoint=…&region=…} says.
 *
 * @param prefix without a slash in front; empty for the whole bucket
 * @param endpoint scheme, host and port
 */
record S3Place(String bucket, String prefix, HttpUrl endpoint, String region) {
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}");
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,40}");
  private static final String AMAZON = "https://s3.amazonaws.com";
  private static final String NORTH_VIRGINIA = "us-east-1";

  /** The place of a URL; without an endpoint it is at Amazon. */
  static S3Place of(URI url) throws SourceException {
    if (url.getRawFragment() != null) {
      throw new SourceException.Invalid("'#' in a key is written %23");
    }
    String bucket = Optional.ofNullable(url.getRawAuthority()).orElse("");
    if (!BUCKET.matcher(bucket).matches()) {
      throw new SourceException.Invalid("'" + Text.shown(bucket) + "' is no bucket of S3");
    }
    String region = parameter(url, "region").orElse(NORTH_VIRGINIA);
    if (!REGION.matcher(region).matches()) {
      throw new SourceException.Invalid("'" + Text.shown(region) + "' is no region of S3");
    }
    String path = Optional.ofNullable(url.getPath()).orElse("");
    return new S3Place(
        bucket, path.startsWith("/") ? path.substring(1) : path, endpointOf(url), region);
  }

  private static HttpUrl endpointOf(URI url) throws SourceException {
    String text = parameter(url, "endpoint").orElse(AMAZON);
    @Nullable HttpUrl endpoint = HttpUrl.parse(text.contains("://") ? text : "https://" + text);
    if (endpoint == null) {
      throw new SourceException.Invalid("endpoint '" + Text.shown(text) + "' is no http(s) URL");
    }
    boolean plain =
        endpoint.encodedUsername().isEmpty()
            && endpoint.encodedPassword().isEmpty()
            && endpoint.query() == null
            && endpoint.fragment() == null
            && Set.of("/", "").contains(endpoint.encodedPath());
    if (!plain) {
      throw new SourceException.Refused(
          "endpoint '" + Text.shown(endpoint) + "': wanted are scheme, host and port only");
    }
    return endpoint;
  }

  private static Optional<String> parameter(URI url, String name) throws SourceException.Invalid {
    Optional<String> found = Optional.empty();
    for (String pair : Optional.ofNullable(url.getRawQuery()).orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (!pair.isEmpty() && !Set.of("endpoint", "region").contains(key)) {
        throw new SourceException.Invalid(
            "'" + Text.shown(key) + "': an s3 URL takes endpoint and region");
      }
      if (key.equals(name)) {
        if (found.isPresent()) {
          throw new SourceException.Invalid("'" + name + "' is given twice");
        }
        found = Optional.of(URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return found;
  }

  /** Whether the endpoint has this scheme, host and port. */
  boolean isAt(URI other) {
    @Nullable HttpUrl url = HttpUrl.get(other);
    return url != null
        && url.scheme().equals(endpoint.scheme())
        && url.host().equals(endpoint.host())
        && url.port() == endpoint.port();
  }

  /** What keys under the prefix begin with. */
  String folder() {
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  /** Whether the key is the prefix itself or under it. */
  boolean has(String key) {
    return key.startsWith(folder()) || key.equals(prefix);
  }

  /** The path of an object, seen from the prefix; its name when it is the prefix itself. */
  String relative(String key) {
    return key.startsWith(folder())
        ? key.substring(folder().length())
        : key.substring(key.lastIndexOf('/') + 1);
  }
}
