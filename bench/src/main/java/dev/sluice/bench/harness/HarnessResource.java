package dev.sluice.bench.harness;

import dev.sluice.support.chaos.CrashPoint;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** What the bench and the chaos runner ask of the harness; on the loopback address only. */
@Path("/harness")
@Produces(MediaType.APPLICATION_JSON)
public class HarnessResource {
  private static final int CONFLICT = 409;

  private final UseCase useCase;
  private final LatencyRun latency;
  private final CommitRun commits;
  private final FloodRun flood;

  HarnessResource(UseCase useCase, LatencyRun latency, CommitRun commits, FloodRun flood) {
    this.useCase = useCase;
    this.latency = latency;
    this.commits = commits;
    this.flood = flood;
  }

  /** Says the next fact of a stream; with {@code fail}, rolls it back at the end. */
  @POST
  @Path("say")
  public Uni<Response> say(@RestQuery String stream, @RestQuery boolean fail) {
    return useCase
        .sayNext(stream, fail)
        .map(fact -> Response.ok(Map.of("eventId", fact.eventId(), "seq", fact.seq())).build())
        .onFailure(UseCase.RolledBack.class)
        .recoverWithItem(() -> Response.status(CONFLICT).build());
  }

  /** Arms a crash point of this process. */
  @POST
  @Path("arm")
  public void arm(@RestQuery String point) {
    CrashPoint.arm(point);
  }

  @POST
  @Path("latency")
  @Blocking
  public LatencyRun.Result latency(
      @RestQuery LatencyRun.Lane lane, @RestQuery int rate, @RestQuery int count) {
    return latency.run(lane, rate, count);
  }

  /** Commits in one second. */
  @POST
  @Path("commits")
  @Blocking
  public Map<String, Double> commits(
      @RestQuery boolean facts, @RestQuery int clients, @RestQuery int millis) {
    return Map.of("perSecond", commits.run(facts, clients, millis));
  }

  @POST
  @Path("flood")
  @Blocking
  public FloodRun.Result flood(@RestQuery FloodConsumer.Way way, @RestQuery int count)
      throws SQLException {
    return flood.run(way, count);
  }
}
