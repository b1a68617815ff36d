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
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<@Nullable DayKey> dayKey = new AtomicReference<>();

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

  /** The key of a day, which four hashes make of the secret; the same for every address. */
  private byte[] keyOf(String day) {
    DayKey known = dayKey.get();
    if (known == null || !known.day().equals(day)) {
      byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
      for (String word : new String[] {day, config.region(), "s3", "aws4_request"}) {
        key = hmac(key).doFinal(word.getBytes(UTF_8));
      }
      known = new DayKey(day, key);
      dayKey.set(known);
    }
    return known.key();
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record DayKey(String day, byte[] key) {}

  /** What all parts of one batch have in common, worked out once. */
  public final class Signing {
    private final Instant expiresAt;
    private final String authority;
    private final String before;
    private final String path;
    private final String queryBeforeHeaders;
    private final String queryAfterPart;
    private final String toSign;
    private final Mac mac;
    private final MessageDigest sha256 = sha256();
    private final StringBuilder text = new StringBuilder(1024);

    private Signing(
        URI endpoint,
        ObjectAddress address,
        @Nullable String storeUploadId,
        Duration validFor,
        Instant now) {
      String day = DAY.format(now);
      String stamp = STAMP.format(now);
      String credential = day + "/" + config.region() + "/s3/aws4_request";
      this.expiresAt = now.plus(validFor);
      this.authority = endpoint.getAuthority();
      this.before = endpoint.getScheme() + "://" + authority;
      this.path = "/" + address.bucket() + "/" + encode(address.key().value(), true);
      this.queryBeforeHeaders =
          "X-Amz-Algorithm="
              + ALGORITHM
              + "&X-Amz-Credential="
              + encode(accessKey + "/" + credential, false)
              + "&X-Amz-Date="
              + stamp
              + "&X-Amz-Expires="
              + validFor.toSeconds()
              + "&X-Amz-SignedHeaders=";
      this.queryAfterPart =
          storeUploadId == null ? "" : "&uploadId=" + encode(storeUploadId, false);
      this.toSign = ALGORITHM + "\n" + stamp + "\n" + credential + "\n";
      this.mac = hmac(keyOf(day));
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
      String query = query(partNumber, length, crc32c.isPresent());
      String request = request(query, length, crc32c.orElse(null));
      String hashed = HexFormat.of().formatHex(sha256.digest(request.getBytes(UTF_8)));
      String signature = HexFormat.of().formatHex(mac.doFinal((toSign + hashed).getBytes(UTF_8)));
      text.setLength(0);
      text.append(before).append(path).append('?').append(query);
      text.append("&X-Amz-Signature=").append(signature);
      return new PartUrl(
          URI.create(text.toString()),
          crc32c.map(crc -> Map.of(CHECKSUM_HEADER, crc)).orElse(Map.of()),
          expiresAt);
    }

    private String query(int partNumber, long length, boolean checksummed) {
      text.setLength(0);
      text.append(queryBeforeHeaders).append(length == 0 ? "host" : "content-length%3Bhost");
      if (checksummed) {
        text.append("%3B" + CHECKSUM_HEADER);
      }
      if (!queryAfterPart.isEmpty()) {
        text.append("&partNumber=").append(partNumber).append(queryAfterPart);
      }
      return text.toString();
    }

    /** The request as the store will see it, in the form that is hashed. */
    private String request(String query, long length, @Nullable String crc32c) {
      text.setLength(0);
      text.append("PUT\n").append(path).append('\n').append(query).append('\n');
      if (length > 0) {
        text.append("content-length:").append(length).append('\n');
      }
      text.append("host:").append(authority).append('\n');
      if (crc32c != null) {
        text.append(CHECKSUM_HEADER + ":").append(crc32c).append('\n');
      }
      text.append('\n').append(length == 0 ? "host" : "content-length;host");
      if (crc32c != null) {
        text.append(";" + CHECKSUM_HEADER);
      }
      return text.append("\nUNSIGNED-PAYLOAD").toString();
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
