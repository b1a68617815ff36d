package dev.sluice.processing.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.local.part.S3Part;
import dev.sluice.processing.delivery.DeliveryFault.Kind;
import dev.sluice.testing.TestServers;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivers to a real S3 that is another store than the version's. */
class S3PlaceTest {
  private static final byte[] SMALL = "Water flows.\n".getBytes(UTF_8);
  private static final int PART = 5 << 20;

  private final String bucket = "elsewhere-" + UUID.randomUUID();
  private final byte[] large = new byte[2 * PART + 7];
  private MinioClient client;

  @BeforeEach
  void connect() throws MinioException {
    new Random(7).nextBytes(large);
    S3Part s3 = TestServers.s3();
    client =
        MinioClient.builder()
            .endpoint(s3.address())
            .region(S3Part.REGION)
            .credentials(s3.accessKey(), s3.secretKey())
            .build();
    client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
  }

  @Test
  void bringsLargeFilesInPartsAndTheManifestLast() throws IOException, MinioException {
    // When
    new Shipment().with("a.txt", SMALL).with("b/large.bin", large).bring(place(bucket));

    // Then
    assertThat(read("x/v1/a.txt")).isEqualTo(SMALL);
    assertThat(read("x/v1/b/large.bin")).isEqualTo(large);
    assertThat(new String(read("x/_sluice/manifest-v1.json"), UTF_8)).contains("v1/b/large.bin");
  }

  @Test
  void bytesThatAreNotTheVersionsAreNeverSeen() throws MinioException {
    // Given
    byte[] spoiled = large.clone();
    spoiled[spoiled.length - 1]++;
    Shipment shipment = new Shipment().with("large.bin", large).spoiled("large.bin", spoiled);

    // When
    DeliveryFault fault =
        catchThrowableOfType(DeliveryFault.class, () -> shipment.bring(place(bucket)));

    // Then
    assertThat(fault.kind()).isEqualTo(Kind.CONTENT_WRONG);
    assertThat(keys()).isEmpty();
  }

  @Test
  void aBucketThatIsNotThereIsRefused() {
    // When
    IOException failure =
        catchThrowableOfType(
            IOException.class,
            () -> new Shipment().with("a.txt", SMALL).bring(place("missing-" + UUID.randomUUID())));

    // Then
    assertThat(DeliveryFault.of(failure).kind()).isEqualTo(Kind.REFUSED);
  }

  private S3Place place(String where) {
    return new S3Place(client, new S3Place.Where(where, "x/", PART, 4, null));
  }

  private byte[] read(String key) throws MinioException, IOException {
    try (var in = client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
      return in.readAllBytes();
    }
  }

  private List<String> keys() throws MinioException {
    List<String> keys = new ArrayList<>();
    for (var found :
        client.listObjects(ListObjectsArgs.builder().bucket(bucket).recursive(true).build())) {
      keys.add(found.get().objectName());
    }
    return keys;
  }
}
