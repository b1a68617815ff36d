package dev.sluice.upload.component;

import static io.restassured.RestAssured.given;

import dev.sluice.testing.TestTokens;
import dev.sluice.upload.file.Crc32c;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.awaitility.Awaitility;

/** The steps of the protocol as a client takes them. */
final class UploadCalls {
  static final String ROOT = "/api/v1/uploads";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private UploadCalls() {}

  static RequestSpecification as(String user) {
    return given().header("Authorization", TestTokens.bearer(user)).contentType("application/json");
  }

  static Map<String, Object> file(String project, String dataset, String path, byte[] bytes) {
    Map<String, Object> file = new HashMap<>();
    file.put("project", project);
    file.put("dataset", dataset);
    file.put("version", "v1");
    file.put("path", path);
    file.put("size", bytes.length);
    file.put("sha256", sha256(bytes));
    return file;
  }

  static Response begin(Map<String, Object> file) {
    return as("ada").body(file).post(ROOT);
  }

  static String begun(Map<String, Object> file) {
    return begin(file).then().statusCode(201).extract().path("uploadId");
  }

  static Response chunks(Map<String, Object> file) {
    return as("ada").queryParams(file).get(ROOT + "/chunks");
  }

  static Response urls(String id, List<Integer> numbers) {
    return as("ada").body(Map.of("partNumbers", numbers)).post(ROOT + "/" + id + "/urls");
  }

  static Response complete(String id) {
    return as("ada").post(ROOT + "/" + id + "/complete");
  }

  static Response report(String id, List<Map<String, Object>> chunks) {
    return as("ada").body(Map.of("chunks", chunks)).put(ROOT + "/" + id + "/chunks");
  }

  /** Asks for addresses of the parts and PUTs the bytes there; answers what the store said. */
  static List<Map<String, Object>> putParts(String id, byte[] bytes, List<Integer> numbers) {
    List<Map<String, Object>> urls =
        urls(id, numbers).then().statusCode(200).extract().path("urls");
    int partSize = as("ada").get(ROOT + "/" + id).path("partSize");
    return urls.stream()
        .filter(url -> url.get("url") != null)
        .map(url -> putPart(url, bytes, partSize))
        .toList();
  }

  private static Map<String, Object> putPart(Map<String, Object> url, byte[] bytes, int partSize) {
    int number = (int) url.get("partNumber");
    int from = (number - 1) * partSize;
    byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + partSize));
    HttpResponse<String> answer = put((String) url.get("url"), part);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return Map.of(
        "partNumber",
        number,
        "size",
        part.length,
        "etag",
        answer.headers().firstValue("ETag").orElseThrow());
  }

  static HttpResponse<String> put(String url, byte[] bytes) {
    return put(url, bytes, Map.of());
  }

  static HttpResponse<String> put(String url, byte[] bytes, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(bytes));
    headers.forEach(request::header);
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All steps; answers the upload's id. */
  static String upload(Map<String, Object> file, byte[] bytes) {
    String id = begun(file);
    int parts = as("ada").get(ROOT + "/" + id).path("partCount");
    putParts(id, bytes, IntStream.rangeClosed(1, parts).boxed().toList());
    complete(id).then().statusCode(200);
    return id;
  }

  static Response ended(String id, String state) {
    Awaitility.await("upload is " + state)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> state.equals(as("ada").get(ROOT + "/" + id).path("state")));
    return as("ada").get(ROOT + "/" + id);
  }

  static String crc32cInHex(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return Crc32c.hex(sum);
  }

  static String crc32c(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return Crc32c.text(sum);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
