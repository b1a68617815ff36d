package dev.sluice.testing;

import dev.sluice.local.part.S3Part;
import dev.sluice.local.store.SigningIdentity;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/** Gives each start of the application under test its own bucket prefix in the shared S3 store. */
public final class S3Resource implements QuarkusTestResourceLifecycleManager {
  private static final int PREFIX_LETTERS = 8;

  @Override
  public Map<String, String> start() {
    S3Part s3 = TestServers.s3();
    String unique = UUID.randomUUID().toString().substring(0, PREFIX_LETTERS);
    SigningIdentity signing = s3.signing("test-");
    return Map.of(
        "sluice.s3.endpoint", s3.address(),
        "sluice.s3.public-endpoint", s3.address(),
        "sluice.s3.region", S3Part.REGION,
        "sluice.s3.access-key", s3.accessKey(),
        "sluice.s3.secret-key", s3.secretKey(),
        "sluice.s3.signing.access-key", signing.accessKey(),
        "sluice.s3.signing.secret-key", signing.secretKey(),
        "sluice.s3.bucket-prefix", "test-" + unique + "-");
  }

  @Override
  public void stop() {
    // The store is shared by all tests of this JVM and ends with it.
  }
}
