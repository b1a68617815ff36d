package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads events of a run's log out of the lines of an answer. */
final class ServerSentEvents {
  private final Iterator<String> lines;
  private String name = "";
  private String id = "";
  private final StringBuilder data = new StringBuilder();

  ServerSentEvents(Stream<String> lines) {
    this.lines = lines.iterator();
  }

  /** The next event; null when the answer has ended. */
  @Nullable RunLogEvent next() {
    while (lines.hasNext()) {
      String line = lines.next();
      if (!line.isEmpty()) {
        take(line);
      } else if (!data.isEmpty()) {
        return event();
      }
    }
    return null;
  }

  private void take(String line) {
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
    switch (field) {
      case "event" -> name = value;
      case "id" -> id = value;
      case "data" -> data.append(value);
      default -> {
        // A comment, or what this client does not use.
      }
    }
  }

  private RunLogEvent event() {
    JsonNode body = Json.read(data.toString(), new TypeReference<>() {});
    String kind = name;
    data.setLength(0);
    name = "";
    return switch (kind) {
      case "log" -> new RunLogEvent.Printed(body.path("text").asText(), Long.parseLong(id));
      case "end" ->
          new RunLogEvent.Ended(
              body.path("state").asText(),
              body.path("attempt").asInt(),
              body.hasNonNull("nextAttempt") ? body.path("nextAttempt").asInt() : null);
      default -> throw new SluiceProblemException(problem(body));
    };
  }

  private static Problem problem(JsonNode body) {
    return Json.problem(body.path("status").asInt(), body.toString());
  }
}
