package dev.sluice.support.problem;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Describes, once for all operations of a service, how requests are refused: problem+json with the
 * statuses that the mapper gives. A service asks for it by {@code mp.openapi.filter}.
 */
public final class ProblemResponses implements OASFilter {
  private static final String PROBLEM = "Problem";
  private static final String FIELD_ERROR = "FieldError";
  private static final Map<String, String> REFUSALS =
      new TreeMap<>(
          Map.of(
              "400", "The request is not valid; errors name the fields",
              "401", "No valid token",
              "403", "The caller's role does not allow it",
              "404", "There is no such thing, or the caller is not a member of its project",
              "409", "The state of things does not allow it now",
              "413", "Too large, or above a quota",
              "415", "The body is not of a media type that is taken",
              "451", "The content was erased and must not come back",
              "503", "A part that is needed does not answer; Retry-After says when to ask again"));

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getPaths() == null) {
      return;
    }
    if (document.getComponents() == null) {
      document.setComponents(OASFactory.createComponents());
    }
    document.getComponents().addSchema(FIELD_ERROR, fieldError()).addSchema(PROBLEM, problem());
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(path -> path.getOperations().values().forEach(ProblemResponses::refusing));
  }

  private static void refusing(Operation operation) {
    if (operation.getResponses() == null) {
      operation.setResponses(OASFactory.createAPIResponses());
    }
    REFUSALS.forEach((status, why) -> refusing(operation, status, why));
  }

  private static void refusing(Operation operation, String status, String why) {
    APIResponse documented = operation.getResponses().getAPIResponse(status);
    if (documented == null || documented.getContent() == null) {
      operation
          .getResponses()
          .addAPIResponse(
              status, OASFactory.createAPIResponse().description(why).content(problemContent()));
    }
  }

  private static Content problemContent() {
    return OASFactory.createContent()
        .addMediaType(
            "application/problem+json",
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)));
  }

  private static Schema problem() {
    return object()
        .description("RFC 9457, with the code to act on")
        .addProperty("type", text())
        .addProperty("title", text())
        .addProperty("status", number())
        .addProperty("detail", text())
        .addProperty("instance", text())
        .addProperty("code", text())
        .addProperty(
            "errors",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .items(OASFactory.createSchema().ref("#/components/schemas/" + FIELD_ERROR)))
        .addProperty("traceId", text())
        .addRequired("type")
        .addRequired("title")
        .addRequired("status")
        .addRequired("code");
  }

  private static Schema fieldError() {
    return object()
        .addProperty("field", text())
        .addProperty("value", text().addType(Schema.SchemaType.NULL))
        .addProperty("allowed", text())
        .addRequired("field")
        .addRequired("allowed");
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }

  private static Schema number() {
    return OASFactory.createSchema().addType(Schema.SchemaType.INTEGER);
  }
}
