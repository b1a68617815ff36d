package dev.sluice.support.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A creating request that may arrive more than once.
 *
 * @param key the {@code Idempotency-Key} header, at most 255 characters; null when there is none
 * @param requestHash SHA-256 over the body
 */
public record IdempotentRequest(
    String caller, @Nullable String key, String operation, String requestHash) {
  private static final int LONGEST_KEY = 255;
  private static final ObjectMapper CANONICAL =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
          .build();

  public IdempotentRequest {
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw InvalidRequest.of("Idempotency-Key", key, "1 to " + LONGEST_KEY + " characters")
          .exception();
    }
  }

  public static IdempotentRequest of(
      String caller, @Nullable String key, String operation, Object body) {
    return new IdempotentRequest(caller, key, operation, hash(body));
  }

  private static String hash(Object body) {
    try {
      byte[] bytes =
          body instanceof String text ? text.getBytes(UTF_8) : CANONICAL.writeValueAsBytes(body);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot hash a request body", e);
    }
  }
}
