package dev.sluice.support.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.support.problem.CommonProblem.Plain;
import io.opentelemetry.api.trace.Span;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Every exception that leaves a resource becomes {@code application/problem+json} here. */
public final class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final MediaType PROBLEM = new MediaType("application", "problem+json");
  private static final int RETRY_AFTER_SECONDS = 2;
  private static final int SERVER_ERROR = 500;

  @ServerExceptionMapper
  Response map(ProblemException e, UriInfo uri) {
    return answer(e.problem(), uri);
  }

  @ServerExceptionMapper
  Response map(ConstraintViolationException e, UriInfo uri) {
    List<FieldError> errors =
        e.getConstraintViolations().stream()
            .map(
                v ->
                    new FieldError(
                        lastNode(v.getPropertyPath().toString()),
                        v.getInvalidValue() == null ? null : v.getInvalidValue().toString(),
                        v.getMessage()))
            .toList();
    return answer(new InvalidRequest(errors), uri);
  }

  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  Response json(JsonProcessingException e, UriInfo uri) {
    return answer(new InvalidRequest(List.of(fieldOf(e))), uri);
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  Response unauthorized(SecurityException e, UriInfo uri) {
    Problem problem =
        new Plain(
            "unauthenticated",
            401,
            "A valid bearer token is needed",
            "Send 'Authorization: Bearer <token>' with a token of the configured issuer.");
    return Response.fromResponse(answer(problem, uri))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }

  @ServerExceptionMapper
  Response map(ForbiddenException e, UriInfo uri) {
    return answer(new Plain("forbidden", 403, "Not allowed", "Your token may not do this."), uri);
  }

  @ServerExceptionMapper
  Response map(WebApplicationException e, UriInfo uri) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return json(json, uri);
    }
    Response.StatusType status = e.getResponse().getStatusInfo();
    String code = status.getReasonPhrase().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    return answer(
        new Plain(code, status.getStatusCode(), status.getReasonPhrase(), detailOf(e)), uri);
  }

  @ServerExceptionMapper
  Response map(Throwable e, UriInfo uri) {
    if (Failures.isTransient(e)) {
      LOG.warnf("request waits for a part that is away: %s", e.toString());
      return answer(new PartAway("A server behind Sluice"), uri);
    }
    if (e instanceof IllegalArgumentException) {
      return answer(
          new InvalidRequest(
              List.of(new FieldError("request", null, String.valueOf(e.getMessage())))),
          uri);
    }
    LOG.error("request failed", e);
    return answer(
        new Plain(
            "internal-error",
            SERVER_ERROR,
            "Sluice made a mistake",
            "The request failed inside Sluice; its log has the details under the trace id."),
        uri);
  }

  private static Response answer(Problem problem, UriInfo uri) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(PROBLEM)
            .entity(ProblemBody.of(problem, "/" + uri.getPath().replaceFirst("^/", ""), traceId()));
    if (problem.transientFailure()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.build();
  }

  private static @Nullable String traceId() {
    var context = Span.current().getSpanContext();
    return context.isValid() ? context.getTraceId() : null;
  }

  private static FieldError fieldOf(JsonProcessingException e) {
    String field =
        e instanceof JsonMappingException m
            ? m.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."))
            : "";
    String value = e instanceof InvalidFormatException f ? String.valueOf(f.getValue()) : null;
    return new FieldError(
        field.isEmpty() ? "body" : field,
        value,
        e.getOriginalMessage().lines().findFirst().orElse(""));
  }

  private static String detailOf(WebApplicationException e) {
    String message = e.getMessage();
    return message == null ? e.getResponse().getStatusInfo().getReasonPhrase() : message;
  }

  private static String lastNode(String path) {
    return path.substring(path.indexOf('.') + 1);
  }
}
