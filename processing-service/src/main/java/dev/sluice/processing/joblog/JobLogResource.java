package dev.sluice.processing.joblog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunAccessService;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.Problem;
import dev.sluice.support.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Logs of runs over HTTP. */
@Path("/api/v1/runs/{id}/logs")
@Authenticated
@Tag(name = "runs")
class JobLogResource {
  private static final String TEXT = "text/plain; charset=UTF-8";

  private final RunAccessService access;
  private final JobLogService logs;
  private final LogFollowService following;

  JobLogResource(RunAccessService access, JobLogService logs, LogFollowService following) {
    this.access = access;
    this.logs = logs;
    this.following = following;
  }

  @GET
  @Produces(TEXT)
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "getRunLogs",
      summary = "What an attempt's program has printed",
      description =
          "Range takes bytes as they were printed. Of a log of more than 17 MiB its first MiB and"
              + " its last 16 are there.")
  @APIResponse(
      responseCode = "200",
      description = "All of it",
      content = @Content(schema = @Schema(implementation = String.class)))
  @APIResponse(responseCode = "206", description = "The range")
  public Uni<RestResponse<byte[]>> text(
      @PathParam("id") String id,
      @Parameter(description = "Number of the attempt; the newest when absent")
          @QueryParam("attempt")
          @Nullable Integer attempt,
      @HeaderParam("Range") @Nullable String range) {
    return access
        .visible(id)
        .flatMap(v -> logs.read(v.run(), attemptOf(v.run(), attempt), 0))
        .map(log -> answer(log, range));
  }

  private static RestResponse<byte[]> answer(PrintedLog log, @Nullable String header) {
    Optional<LogRange> range = LogRange.of(header);
    if (range.isEmpty()) {
      return RestResponse.ResponseBuilder.ok(log.text()).header("Accept-Ranges", "bytes").build();
    }
    long total = log.total();
    long begin = log.readable(range.get().begin(total));
    if (range.get().begin(total) >= total) {
      throw new JobLogProblem.RangeNotThere(String.valueOf(header), total).exception();
    }
    byte[] bytes = log.slice(begin, Math.max(begin + 1, range.get().end(total)));
    String place = "bytes %d-%d/%d".formatted(begin, begin + bytes.length - 1, total);
    return RestResponse.ResponseBuilder.create(RestResponse.Status.PARTIAL_CONTENT, bytes)
        .header("Content-Range", place)
        .header("Accept-Ranges", "bytes")
        .build();
  }

  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "followRunLogs",
      summary = "Follow what an attempt's program prints",
      description =
          "Server-sent events: log with {\"text\"}, whose id is the byte after it; last of all end"
              + " with {\"state\", \"attempt\", \"nextAttempt\"}. Last-Event-ID goes on where it was."
              + " A refusal is an event error with {\"status\", \"code\", \"detail\"}.")
  @APIResponse(
      responseCode = "200",
      description = "The log as it grows",
      content = @Content(schema = @Schema(implementation = String.class)))
  public Multi<OutboundSseEvent> follow(
      @PathParam("id") String id,
      @Parameter(description = "Number of the attempt; the newest when absent")
          @QueryParam("attempt")
          @Nullable Integer attempt,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context Sse sse) {
    return access
        .visible(id)
        .onItem()
        .transformToMulti(
            v -> following.follow(v.run(), attemptOf(v.run(), attempt), offset(lastEventId)))
        .map(piece -> event(sse, piece))
        .onFailure(ProblemException.class)
        .recoverWithItem(e -> error(sse, ((ProblemException) e).problem()));
  }

  /** The head of the answer is out by the time that a refusal is known. */
  private static OutboundSseEvent error(Sse sse, Problem problem) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("status", problem.status()).put("code", problem.code());
    data.put("detail", problem.detail());
    return sse.newEventBuilder().name("error").data(data.toString()).build();
  }

  private static long offset(@Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isEmpty()) {
      return 0;
    }
    if (!lastEventId.matches("\\d{1,18}")) {
      throw InvalidRequest.of("Last-Event-ID", lastEventId, "a number of bytes").exception();
    }
    return Long.parseLong(lastEventId);
  }

  private static int attemptOf(Run run, @Nullable Integer wanted) {
    int newest = run.state().attempt();
    if (wanted != null && (wanted < 1 || wanted > newest)) {
      throw InvalidRequest.of("attempt", wanted, "1 to " + newest).exception();
    }
    return wanted == null ? newest : wanted;
  }

  private static OutboundSseEvent event(Sse sse, LogPiece piece) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    return switch (piece) {
      case LogPiece.Printed p ->
          sse.newEventBuilder()
              .name("log")
              .id(String.valueOf(p.offset()))
              .data(data.put("text", p.text()).toString())
              .build();
      case LogPiece.Alive a -> sse.newEventBuilder().comment("alive").build();
      case LogPiece.End e -> {
        data.put("state", e.state()).put("attempt", e.attempt());
        if (e.nextAttempt() != null) {
          data.put("nextAttempt", e.nextAttempt());
        }
        yield sse.newEventBuilder().name("end").data(data.toString()).build();
      }
    };
  }
}
