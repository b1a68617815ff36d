package dev.sluice.upload.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.support.storage.StorageConfig;
import dev.sluice.upload.file.ObjectKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartUrlSignerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final ObjectAddress OBJECT =
      new ObjectAddress("sluice-demo", new ObjectKey("dataset/wiki/v1/größe 1.txt"));

  private final PartUrlSigner signer =
      new PartUrlSigner(new FixedStorage(), Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void sameMomentAndPartGiveSameAddress() {
    PartUrl one = sign("upload/1", 3, 100);
    assertThat(one).isEqualTo(sign("upload/1", 3, 100));
    assertThat(one.expiresAt()).isEqualTo(NOW.plusSeconds(600));
  }

  @Test
  void addressNamesPublicEndpointPartAndExpiry() {
    assertThat(sign("upload/1", 3, 100).url().toString())
        .startsWith(
            "https://s3.example.org/sluice-demo/dataset/wiki/v1/gr%C3%B6%C3%9Fe%201.txt?"
                + "X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=KEY%2F20260301%2Feu-west-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20260301T100000Z&X-Amz-Expires=600"
                + "&X-Amz-SignedHeaders=content-length%3Bhost&partNumber=3&uploadId=upload%2F1"
                + "&X-Amz-Signature=")
        .doesNotContain("SECRET");
  }

  @Test
  void partLengthAndUploadChangeTheSignature() {
    String signature = signature(sign("u", 1, 100));
    assertThat(signature(sign("u", 2, 100))).isNotEqualTo(signature);
    assertThat(signature(sign("u", 1, 101))).isNotEqualTo(signature);
    assertThat(signature(sign("v", 1, 100))).isNotEqualTo(signature);
  }

  @Test
  void everyPartHasAnAddressOfItsOwn() {
    // Given
    PartUrlSigner.Signing signing = signer.signing(OBJECT, "u", Duration.ofMinutes(10));

    // When
    long different =
        IntStream.rangeClosed(1, 10_000).mapToObj(n -> signing.put(n, 100)).distinct().count();

    // Then
    assertThat(different).isEqualTo(10_000);
  }

  private PartUrl sign(String upload, int part, long length) {
    return signer.signing(OBJECT, upload, Duration.ofMinutes(10)).put(part, length);
  }

  private static String signature(PartUrl url) {
    return url.url().toString().replaceAll(".*X-Amz-Signature=", "");
  }

  private record FixedStorage() implements StorageConfig {
    @Override
    public URI endpoint() {
      return URI.create("http://inside:9000");
    }

    @Override
    public Optional<URI> publicEndpoint() {
      return Optional.of(URI.create("https://s3.example.org"));
    }

    @Override
    public String region() {
      return "eu-west-1";
    }

    @Override
    public String accessKey() {
      return "KEY";
    }

    @Override
    public String secretKey() {
      return "SECRET";
    }

    @Override
    public Optional<Signing> signing() {
      return Optional.empty();
    }

    @Override
    public Optional<java.util.List<String>> corsOrigins() {
      return Optional.empty();
    }

    @Override
    public String bucketPrefix() {
      return "sluice-";
    }
  }
}
