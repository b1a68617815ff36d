package dev.sluice.upload.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.support.storage.StorageConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs addresses for PUT by AWS Signature Version 4 in the query, without any network.
 *
 * <p>An address is bound to method, bucket, key, part and, unless the part is empty, to its length
 * ({@code Content-Length}, which every HTTP client sends). The same second, part and key give the
 * same address.
 */
@ApplicationScoped
public class PartUrlSigner {
  private static final Logger LOG = Logger.getLogger(PartUrlSigner.class);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String CHECKSUM_HEADER = "x-amz-checksum-crc32c";
  private static final String UNRESERVED = "-_.~";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

  private final StorageConfig config;
  private final Clock clock;
  private final String accessKey;
  private final String secretKey;

  PartUrlSigner(StorageConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.accessKey =
        config.signing().map(StorageConfig.Signing::accessKey).orElse(config.accessKey());
    this.secretKey =
        config.signing().map(StorageConfig.Signing::secretKey).orElse(config.secretKey());
  }

  /** Says when addresses could do more than put. */
  void onStart(@Observes StartupEvent start) {
    if (config.signing().isEmpty()) {
      LOG.warn(
          "part addresses are signed by the services' own key; sluice.s3.signing.access-key should"
              + " name one that may only put objects");
    }
  }

  /** A signer for the parts of one object; for one thread, and for this moment only. */
  public Signing signing(ObjectAddress address, @Nullable String storeUploadId, Duration validFor) {
    return new Signing(
        config.publicEndpoint().orElse(config.endpoint()),
        address,
        storeUploadId,
        validFor,
        clock.instant());
  }

  /** As the other, with addresses that only Sluice's own services reach. */
  public Signing internal(
      ObjectAddress address, @Nullable String storeUploadId, Duration validFor) {
    return new Signing(config.endpoint(), address, storeUploadId, validFor, clock.instant());
  }

  /** The percent form of RFC 3986 as S3 wants it. */
  static String encode(String text, boolean keepSlash) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (plain || UNRESERVED.indexOf(c) >= 0 || (keepSlash && c == '/')) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** What all parts of one batch have in common, worked out once. */
  public final class Signing {
    private final @Nullable String storeUploadId;
    private final Instant expiresAt;
    private final URI endpoint;
    private final String path;
    private final String stamp;
    private final String credential;
    private final String query;
    private final Mac mac;

    private Signing(
        URI endpoint,
        ObjectAddress address,
        @Nullable String storeUploadId,
        Duration validFor,
        Instant now) {
      this.endpoint = endpoint;
      this.storeUploadId = storeUploadId;
      this.expiresAt = now.plus(validFor);
      this.path = "/" + address.bucket() + "/" + encode(address.key().value(), true);
      this.stamp = STAMP.format(now);
      this.credential = DAY.format(now) + "/" + config.region() + "/s3/aws4_request";
      this.query =
          "X-Amz-Algorithm=%s&X-Amz-Credential=%s&X-Amz-Date=%s&X-Amz-Expires=%d"
              .formatted(
                  ALGORITHM,
                  encode(accessKey + "/" + credential, false),
                  stamp,
                  validFor.toSeconds());
      this.mac = keyed(now);
    }

    /** The address of a part of the given length in bytes. */
    public PartUrl put(int partNumber, long length) {
      return put(partNumber, length, Optional.empty());
    }

    /**
     * The address of a part of the given length in bytes.
     *
     * @param crc32c checksum that the store must find; it must then be sent as a header
     */
    public PartUrl put(int partNumber, long length, Optional<String> crc32c) {
      String headers =
          (length == 0 ? "host" : "content-length%3Bhost")
              + (crc32c.isPresent() ? "%3B" + CHECKSUM_HEADER : "");
      String all = query + "&X-Amz-SignedHeaders=" + headers + partQuery(partNumber);
      String request =
          "PUT\n%s\n%s\n%shost:%s\n%s\n%s\nUNSIGNED-PAYLOAD"
              .formatted(
                  path,
                  all,
                  length == 0 ? "" : "content-length:" + length + "\n",
                  endpoint.getAuthority(),
                  crc32c.map(crc -> CHECKSUM_HEADER + ":" + crc + "\n").orElse(""),
                  headers.replace("%3B", ";"));
      String signature = hex(mac.doFinal(toSign(request).getBytes(UTF_8)));
      String base = endpoint.getScheme() + "://" + endpoint.getAuthority();
      return new PartUrl(
          URI.create(base + path + "?" + all + "&X-Amz-Signature=" + signature),
          crc32c.map(crc -> Map.of(CHECKSUM_HEADER, crc)).orElse(Map.of()),
          expiresAt);
    }

    private String partQuery(int partNumber) {
      return storeUploadId == null
          ? ""
          : "&partNumber=" + partNumber + "&uploadId=" + encode(storeUploadId, false);
    }

    private String toSign(String request) {
      return ALGORITHM + "\n" + stamp + "\n" + credential + "\n" + hex(sha256(request));
    }

    private Mac keyed(Instant now) {
      byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
      for (String word : new String[] {DAY.format(now), config.region(), "s3", "aws4_request"}) {
        key = hmac(key).doFinal(word.getBytes(UTF_8));
      }
      return hmac(key);
    }
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
