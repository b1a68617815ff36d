package dev.sluice.local.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3PartTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int PART_BYTES = 5 << 20;

  @TempDir static Path folder;
  private static S3Part s3;
  private static S3Presigner presigner;

  @BeforeAll
  static void start() {
    s3 = new S3Part(PartContext.leashed(new StateFolder(folder)));
    Readiness.startAndAwait(s3);
    presigner =
        S3Presigner.builder()
            .endpointOverride(URI.create(s3.address()))
            .region(Region.of(S3Part.REGION))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(s3.accessKey(), s3.secretKey())))
            .build();
  }

  @AfterAll
  static void stop() {
    presigner.close();
    s3.stop();
  }

  @Test
  void takesAnObjectByAPresignedUrlAndGivesItBack() throws Exception {
    // Given
    String bucket = bucket("single");

    // When
    HttpResponse<String> stored = put(putUrl(bucket, "dataset/d/v1/ä b.txt"), "hello");

    // Then
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(stored.headers().firstValue("ETag")).isPresent();
    String read =
        presigner
            .presignGetObject(
                p ->
                    p.signatureDuration(LIFE)
                        .getObjectRequest(g -> g.bucket(bucket).key("dataset/d/v1/ä b.txt")))
            .url()
            .toString();
    assertThat(get(read).body()).isEqualTo("hello");
  }

  @Test
  void refusesWhoHasNoSignature() throws Exception {
    // Given
    String bucket = bucket("closed");

    // When
    HttpResponse<String> answer = put(s3.address() + "/" + bucket + "/key", "hello");

    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void joinsPartsThatCameByPresignedUrls() throws Exception {
    // Given
    String bucket = bucket("parts");
    String begun =
        post(
                presigner
                    .presignCreateMultipartUpload(
                        p ->
                            p.signatureDuration(LIFE)
                                .createMultipartUploadRequest(c -> c.bucket(bucket).key("big")))
                    .url()
                    .toString(),
                "")
            .body();
    String upload = begun.replaceFirst("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
    String first = "a".repeat(PART_BYTES);
    String parts = part(bucket, upload, 1, first) + part(bucket, upload, 2, "end");

    // When
    HttpResponse<String> joined =
        post(
            presigner
                .presignCompleteMultipartUpload(
                    p ->
                        p.signatureDuration(LIFE)
                            .completeMultipartUploadRequest(
                                c -> c.bucket(bucket).key("big").uploadId(upload)))
                .url()
                .toString(),
            "<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>");

    // Then
    assertThat(joined.statusCode()).isEqualTo(200);
    String read =
        presigner
            .presignGetObject(
                p -> p.signatureDuration(LIFE).getObjectRequest(g -> g.bucket(bucket).key("big")))
            .url()
            .toString();
    assertThat(get(read).body()).hasSize(PART_BYTES + 3).endsWith("aend");
  }

  @Test
  void letsPagesOfThisMachineSeeTheETag() throws Exception {
    // Given
    String bucket = bucket("pages");

    // When
    HttpResponse<String> stored =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(putUrl(bucket, "key")))
                .header("Origin", "http://localhost:5173")
                .PUT(HttpRequest.BodyPublishers.ofString("x"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    // Then
    assertThat(stored.headers().firstValue("Access-Control-Allow-Origin")).isPresent();
    assertThat(stored.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .containsIgnoringCase("ETag");
  }

  private static String part(String bucket, String upload, int number, String body)
      throws Exception {
    String url =
        presigner
            .presignUploadPart(
                p ->
                    p.signatureDuration(LIFE)
                        .uploadPartRequest(
                            u -> u.bucket(bucket).key("big").uploadId(upload).partNumber(number)))
            .url()
            .toString();
    String tag = put(url, body).headers().firstValue("ETag").orElseThrow();
    return "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>".formatted(number, tag);
  }

  private static String bucket(String name) throws IOException {
    Files.createDirectories(folder.resolve("s3").resolve(name));
    return name;
  }

  private static String putUrl(String bucket, String key) {
    return presigner
        .presignPutObject(
            p -> p.signatureDuration(LIFE).putObjectRequest(o -> o.bucket(bucket).key(key)))
        .url()
        .toString();
  }

  private static HttpResponse<String> put(String url, String body)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofString(body)), url);
  }

  private static HttpResponse<String> post(String url, String body)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), url);
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder().GET(), url);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String url)
      throws IOException, InterruptedException {
    return CLIENT.send(request.uri(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
