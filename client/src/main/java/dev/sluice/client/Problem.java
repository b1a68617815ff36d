package dev.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal in the words of the service.
 *
 * @param code stable name of the problem; {@code http-<status>} when the answer was not
 *     problem+json
 * @param extensions the whole document, for members that only some problems have
 */
public record Problem(
    int status,
    String code,
    String title,
    String detail,
    List<FieldError> errors,
    @Nullable String traceId,
    JsonNode extensions) {

  public Problem {
    errors = List.copyOf(errors);
  }

  /** Stands for an answer without a problem document. */
  static Problem bare(int status, String body) {
    String said = body.isBlank() ? "HTTP status " + status : body.strip();
    String detail = said.length() > 300 ? said.substring(0, 300) + "…" : said;
    return new Problem(
        status,
        "http-" + status,
        "HTTP " + status,
        detail,
        List.of(),
        null,
        JsonNodeFactory.instance.objectNode());
  }

  /** A member of the document as text, when it is there. */
  public Optional<String> text(String member) {
    JsonNode node = extensions.path(member);
    return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.asText());
  }
}
