package dev.sluice.processing.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code s3://bucket/prefix?endpoint=…&region=…} says.
 *
 * @param prefix empty, or ends with a slash
 * @param endpoint scheme, host and port alone
 */
record BucketUrl(String bucket, String prefix, URI endpoint, String region) {
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}");
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,40}");
  private static final Set<String> KNOWN = Set.of("endpoint", "region");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** The place of a URL; without an endpoint it is at Amazon. */
  static BucketUrl of(URI url) throws DeliveryFault {
    String bucket = String.valueOf(url.getRawAuthority());
    if (!BUCKET.matcher(bucket).matches() || url.getRawFragment() != null) {
      throw DeliveryFault.refused("wanted is s3://<bucket>/<prefix>[?endpoint=…&region=…]");
    }
    Map<String, String> query = query(url);
    String region = query.getOrDefault("region", "us-east-1");
    if (!REGION.matcher(region).matches()) {
      throw DeliveryFault.refused("'" + region + "' is no region of S3");
    }
    String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    return new BucketUrl(bucket, prefix, endpoint(query), region);
  }

  private static Map<String, String> query(URI url) throws DeliveryFault {
    Map<String, String> all = new HashMap<>();
    String text = url.getRawQuery() == null ? "" : url.getRawQuery();
    for (String pair : text.split("&", -1)) {
      String[] halves = pair.split("=", 2);
      boolean fine = halves.length == 2 && KNOWN.contains(halves[0]);
      if (!pair.isEmpty()
          && (!fine || all.put(halves[0], URLDecoder.decode(halves[1], UTF_8)) != null)) {
        throw DeliveryFault.refused("an s3 URL takes endpoint and region, each once");
      }
    }
    return all;
  }

  private static URI endpoint(Map<String, String> query) throws DeliveryFault {
    String text = query.getOrDefault("endpoint", "https://s3.amazonaws.com");
    try {
      URI url = URI.create(text.contains("://") ? text : "https://" + text);
      boolean plain =
          Set.of("http", "https").contains(String.valueOf(url.getScheme()))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && Set.of("", "/").contains(url.getRawPath());
      if (plain) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new DeliveryFault(
          DeliveryFault.Kind.REFUSED, "an endpoint is scheme, host and port alone", e);
    }
    throw DeliveryFault.refused("an endpoint is scheme, host and port alone");
  }

  /** Port of the endpoint, said or not. */
  int port() {
    return portOf(endpoint);
  }

  /** Whether the endpoint has that scheme, host and port. */
  boolean isAt(URI other) {
    return endpoint.getScheme().equals(other.getScheme())
        && endpoint.getHost().equalsIgnoreCase(other.getHost())
        && portOf(endpoint) == portOf(other);
  }

  private static int portOf(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equals(url.getScheme()) ? HTTPS : HTTP;
  }
}
