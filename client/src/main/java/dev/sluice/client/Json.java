package dev.sluice.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON as the API speaks it: fields that a newer service adds are no error. */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantDeserializer()))
          .build();

  private Json() {}

  /** The shared mapper. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Compact text of a value. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(String text, TypeReference<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not the JSON expected: " + e.getOriginalMessage(), e);
    }
  }

  static Problem problem(int status, String body) {
    JsonNode document = tree(body);
    if (document == null || !document.isObject() || !document.has("status")) {
      return Problem.bare(status, body);
    }
    List<FieldError> errors = new ArrayList<>();
    document.path("errors").forEach(error -> errors.add(fieldError(error)));
    String title = document.path("title").asText("HTTP " + status);
    return new Problem(
        status,
        document.path("code").asText("http-" + status),
        title,
        document.path("detail").asText(title),
        errors,
        text(document, "traceId"),
        document);
  }

  private static FieldError fieldError(JsonNode error) {
    return new FieldError(
        error.path("field").asText(""),
        text(error, "value"),
        text(error, "allowed"),
        text(error, "detail"));
  }

  private static @Nullable String text(JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static @Nullable JsonNode tree(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** ISO-8601 text, so that the module for java.time need not be loaded. */
  private static final class InstantDeserializer extends StdDeserializer<Instant> {

    private static final long serialVersionUID = 1L;

    InstantDeserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getText());
    }
  }
}
