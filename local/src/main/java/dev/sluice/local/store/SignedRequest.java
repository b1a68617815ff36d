package dev.sluice.local.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A POST without query that AWS Signature Version 4 signs.
 *
 * @param path raw path
 * @param headers value of a header by its name, null when it is missing
 * @param bodyDigest SHA-256 of the body in hexadecimal digits
 */
record SignedRequest(String path, Function<String, @Nullable String> headers, String bodyDigest) {
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/((\\d{8})/([^/]+)/([^/]+)/aws4_request), *"
              + "SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})");

  /** Whether this identity signed it within the last minutes. */
  boolean isSignedBy(String accessKey, String secretKey, Clock clock) {
    Matcher given = AUTHORIZATION.matcher(header("authorization"));
    if (!given.matches() || !given.group(1).equals(accessKey) || !isRecent(clock)) {
      return false;
    }
    byte[] key = Hmac.sha256(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), given.group(3));
    for (String word : new String[] {given.group(4), given.group(5), "aws4_request"}) {
      key = Hmac.sha256(key, word);
    }
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            header("x-amz-date"),
            given.group(2),
            Hmac.hexDigest(canonical(given.group(6)).getBytes(StandardCharsets.UTF_8)));
    return MessageDigest.isEqual(Hmac.sha256(key, text), HexFormat.of().parseHex(given.group(7)));
  }

  private String canonical(String signedHeaders) {
    StringBuilder text = new StringBuilder("POST\n" + path + "\n\n");
    for (String name : signedHeaders.split(";", -1)) {
      text.append(name + ":" + header(name).strip().replaceAll(" +", " ") + "\n");
    }
    return text + "\n" + signedHeaders + "\n" + bodyDigest;
  }

  private boolean isRecent(Clock clock) {
    try {
      Instant signed = STAMP.parse(header("x-amz-date"), Instant::from);
      return Duration.between(signed, clock.instant()).abs().compareTo(SKEW) < 0;
    } catch (DateTimeParseException malformed) {
      return false;
    }
  }

  private String header(String name) {
    String value = headers.apply(name);
    return value == null ? "" : value;
  }
}
