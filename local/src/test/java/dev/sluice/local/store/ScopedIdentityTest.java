package dev.sluice.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.part.S3Part;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class ScopedIdentityTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final String POLICY =
      """
      {"Statement":[
      {"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::demo/dataset/*"]},
      {"Effect":"Allow","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::demo/dataset/d/v2/*"]}]}
      """;

  @TempDir static Path folder;
  private static S3Part s3;

  @BeforeAll
  static void start() throws IOException {
    s3 = new S3Part(PartContext.leashed(new StateFolder(folder)));
    Readiness.startAndAwait(s3);
    Files.createDirectories(folder.resolve("s3/demo"));
  }

  @AfterAll
  static void stop() {
    s3.stop();
  }

  @Test
  void reachesOnlyWhatItsPolicyNames() throws Exception {
    // Given
    put(own(), "dataset/d/v1/in.txt");
    put(own(), "private/key");

    // When
    S3Presigner job = assumed(assumeRole(s3.secretKey()).body());

    // Then
    assertThat(get(job, "dataset/d/v1/in.txt")).isEqualTo(200);
    assertThat(get(job, "private/key")).isEqualTo(403);
    assertThat(put(job, "dataset/d/v2/out.parquet")).isEqualTo(200);
    assertThat(put(job, "dataset/d/v1/in.txt")).isEqualTo(403);
    assertThat(delete(job, "dataset/d/v2/out.parquet")).isEqualTo(403);
  }

  @Test
  void isGivenToTheOwnerOfTheStoreAlone() throws Exception {
    // When
    HttpResponse<String> answer = assumeRole("a guess");

    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("SignatureDoesNotMatch");
  }

  @Test
  void hasNoSecretForAScopeItMadeUp() throws Exception {
    // Given
    String given = assumeRole(s3.secretKey()).body();
    Scope wider =
        SessionPolicy.scope(
            POLICY.replace("demo/dataset/d/v2/*", "demo/dataset/*"),
            java.time.Instant.now().plusSeconds(600));

    // When
    S3Presigner forged = presigner(wider.accessKey(), between(given, "SecretAccessKey"));

    // Then
    assertThat(put(forged, "dataset/d/v1/in.txt")).isEqualTo(403);
  }

  private static HttpResponse<String> assumeRole(String secret) throws Exception {
    String form =
        "Action=AssumeRole&Version=2011-06-15&DurationSeconds=900&Policy="
            + URLEncoder.encode(POLICY, StandardCharsets.UTF_8);
    URI address = URI.create(s3.stsAddress() + "/");
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                request ->
                    request
                        .identity(AwsBasicCredentials.create(s3.accessKey(), secret))
                        .request(
                            SdkHttpRequest.builder()
                                .uri(address)
                                .method(SdkHttpMethod.POST)
                                .build())
                        .payload(ContentStreamProvider.fromUtf8String(form))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, S3Part.REGION));
    HttpRequest.Builder outgoing =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(form));
    signed
        .request()
        .forEachHeader(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Host")) {
                outgoing.header(name, values.get(0));
              }
            });
    return CLIENT.send(outgoing.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static S3Presigner assumed(String xml) {
    return presigner(between(xml, "AccessKeyId"), between(xml, "SecretAccessKey"));
  }

  private static S3Presigner own() {
    return presigner(s3.accessKey(), s3.secretKey());
  }

  private static S3Presigner presigner(String accessKey, String secretKey) {
    return S3Presigner.builder()
        .endpointOverride(URI.create(s3.address()))
        .region(Region.of(S3Part.REGION))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .build();
  }

  private static int put(S3Presigner identity, String key) throws Exception {
    return status(
        HttpRequest.newBuilder(
                identity
                    .presignPutObject(
                        p ->
                            p.signatureDuration(LIFE)
                                .putObjectRequest(o -> o.bucket("demo").key(key)))
                    .url()
                    .toURI())
            .PUT(HttpRequest.BodyPublishers.ofString("x")));
  }

  private static int get(S3Presigner identity, String key) throws Exception {
    return status(
        HttpRequest.newBuilder(
            identity
                .presignGetObject(
                    p -> p.signatureDuration(LIFE).getObjectRequest(o -> o.bucket("demo").key(key)))
                .url()
                .toURI()));
  }

  private static int delete(S3Presigner identity, String key) throws Exception {
    return status(
        HttpRequest.newBuilder(
                identity
                    .presignDeleteObject(
                        p ->
                            p.signatureDuration(LIFE)
                                .deleteObjectRequest(o -> o.bucket("demo").key(key)))
                    .url()
                    .toURI())
            .DELETE());
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static String between(String xml, String tag) {
    return xml.replaceFirst("(?s).*<" + tag + ">(.*)</" + tag + ">.*", "$1");
  }
}
