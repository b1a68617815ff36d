package dev.sluice.local.part;

import dev.sluice.local.gateway.Origins;
import dev.sluice.local.process.JavaCommand;
import dev.sluice.local.process.Launch;
import dev.sluice.local.store.SigningIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An S3 store (S3Proxy over files) on the loopback address; data in {@code s3} of the state. */
public final class S3Part extends ProcessPart {
  /** Region of signatures; the store itself has none. */
  public static final String REGION = "us-east-1";

  private static final int PORT = 19_000;
  private static final PreferredPort STS_PORT = new PreferredPort("s3-sts", 19_001);
  private static final int HEAP_MIB = 160;
  private static final int SERVER_ERROR = 500;

  /** The store of this stack, running or not. */
  public S3Part(PartContext context) {
    super(context, "s3", PORT);
  }

  /** Identity of the stack's own services. */
  public String accessKey() {
    return "sluice";
  }

  /** Secret of {@link #accessKey()}. */
  public String secretKey() {
    return context().secrets().of("s3.sluice");
  }

  /** An identity that puts into the buckets of a prefix, for presigned addresses. */
  public SigningIdentity signing(String bucketPrefix) {
    return SigningIdentity.of(bucketPrefix, secretKey());
  }

  /** Address of its AssumeRole, which gives credentials that reach only what a policy names. */
  public String stsAddress() {
    return "http://" + LOOPBACK + ":" + stsPort();
  }

  private int stsPort() {
    return context().port(STS_PORT);
  }

  @Override
  public String address() {
    return "http://" + LOOPBACK + ":" + port();
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(2);
  }

  /** Ready means: it answers HTTP; without a signature that is a refusal, not a server error. */
  @Override
  public boolean isReady() {
    return isAlive() && Readiness.answers(address() + "/", SERVER_ERROR);
  }

  @Override
  List<PreferredPort> furtherPorts() {
    return List.of(STS_PORT);
  }

  /** Web pages that may read and write; others start it anew. */
  @Override
  String fingerprint() {
    return Origins.configured().text();
  }

  @Override
  Launch launch() {
    List<String> command =
        new JavaCommand(context().installation(), HEAP_MIB)
            .flag("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
            .flag("-Dorg.slf4j.simpleLogger.showDateTime=true")
            .flag("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS")
            .main(
                "dev.sluice.local.store.S3Main",
                context().state().folder("s3").toString(),
                address(),
                Integer.toString(stsPort()));
    return Launch.of(
        name(),
        command,
        Map.of(
            "S3_IDENTITY", accessKey(),
            "S3_CREDENTIAL", secretKey(),
            "S3_CORS_ORIGINS", fingerprint(),
            "MALLOC_ARENA_MAX", "2"));
  }
}
