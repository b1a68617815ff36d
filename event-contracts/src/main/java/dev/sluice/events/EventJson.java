package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * The one JSON form of events: RFC 3339 times in UTC, absent instead of null, unknown members
 * ignored so that an older consumer reads a newer producer.
 */
public final class EventJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private EventJson() {}

  /** The value of the Kafka record. */
  public static String write(SluiceEvent event) {
    try {
      return MAPPER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write " + event.type(), e);
    }
  }

  /**
   * Reads the value of a Kafka record.
   *
   * @throws MalformedEvent when the bytes are not the JSON of {@code type}
   */
  public static <E extends SluiceEvent> E read(byte[] value, Class<E> type) {
    try {
      E event = MAPPER.readValue(value, type);
      if (event == null) {
        throw new MalformedEvent("empty value for " + EventTypes.nameOf(type), null);
      }
      return event;
    } catch (IOException e) {
      throw new MalformedEvent("not a valid " + EventTypes.nameOf(type), e);
    }
  }

  /** A message that can never be read: it belongs in a dead-letter topic. */
  public static final class MalformedEvent extends RuntimeException {
    MalformedEvent(String message, @org.jspecify.annotations.Nullable Throwable cause) {
      super(message + (cause == null ? "" : ": " + firstLine(cause)), cause);
    }

    private static String firstLine(Throwable cause) {
      return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
  }
}
