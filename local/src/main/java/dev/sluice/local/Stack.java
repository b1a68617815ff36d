package dev.sluice.local;

import dev.sluice.local.identity.Claims;
import dev.sluice.local.identity.SigningKey;
import dev.sluice.local.part.Part;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.state.Installation;
import dev.sluice.local.state.LocalException;
import dev.sluice.local.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The local stack of one state folder: everything Sluice needs, each server in a process of its
 * own, bound to the loopback address.
 *
 * <p>Making this object starts nothing and costs little; several processes may hold one for the
 * same folder, and {@link #up}, {@link #down} and {@link #reset} wait for each other.
 */
public final class Stack {
  /** The person of {@code sluice env}, owner of the development projects. */
  public static final String DEVELOPER = "dev";

  private static final List<String> KEPT_AT_RESET = List.of("python", "cds", "lock");
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);

  private final PartContext context;
  private final External external;
  private final Parts parts;

  private Stack(PartContext context, External external) {
    this.context = context;
    this.external = external;
    this.parts = new Parts(context, external);
  }

  /** The stack of {@code $SLUICE_HOME} or of the checkout, with a team's own servers if named. */
  public static Stack open() {
    Installation installation = Installation.locate();
    return of(
        PartContext.detached(installation, StateFolder.of(installation)), External.ofProcess());
  }

  /** A stack made from these. */
  public static Stack of(PartContext context, External external) {
    return new Stack(context, external);
  }

  /** Starts what is not running, restarts services that were built or told anew, waits. */
  public void up(Progress progress) {
    try (StackLock lock = StackLock.of(context.state())) {
      lock.hold();
      new Start(parts, progress).run();
    }
  }

  /** Ends every process and keeps the data. */
  public void down(Progress progress) {
    try (StackLock lock = StackLock.of(context.state())) {
      lock.hold();
      new Stop(parts, progress).run();
    }
  }

  /** Ends every process and deletes all data, secrets and logs; the Python environment stays. */
  public void reset(Progress progress) {
    try (StackLock lock = StackLock.of(context.state())) {
      lock.hold();
      new Stop(parts, progress).run();
      context.state().wipe(KEPT_AT_RESET);
    }
  }

  /** The interpreter of the stack's Python environment, which is made when it is missing. */
  public Path python(Progress progress) {
    try (StackLock lock = StackLock.of(context.state())) {
      lock.hold();
      parts.python().ensure(progress::note);
    }
    return parts.python().bin().resolve("python");
  }

  /** Whether every part runs and the gateway answers. */
  public boolean running() {
    return parts.all().stream().allMatch(Part::isAlive) && parts.gateway().isReady();
  }

  /** How each part is now. */
  public List<PartStatus> status() {
    List<Part> ours = parts.all();
    return parts.everKnown().parallelStream()
        .map(part -> ours.contains(part) ? statusOf(part) : replaced(part))
        .toList();
  }

  /** Names of the parts, as {@link #log} takes them. */
  public List<String> partNames() {
    return parts.everKnown().stream().map(Part::name).toList();
  }

  /** The log file of a part. */
  public Path log(String part) {
    return parts.everKnown().stream()
        .filter(known -> known.name().equals(part))
        .map(Part::logFile)
        .findFirst()
        .orElseThrow(
            () ->
                new LocalException(
                    "No part '%s'; there are %s".formatted(part, String.join(", ", partNames()))));
  }

  /** The state folder. */
  public Path folder() {
    return context.state().path();
  }

  /** Address of the gateway. */
  public String api() {
    return parts.gateway().address();
  }

  /**
   * A person's token of the development issuer, good for twelve hours.
   *
   * @throws LocalException when another issuer is in use, which alone can give tokens
   */
  public String token(String user) {
    if (external.issuer().isPresent()) {
      throw new LocalException("Tokens come from " + external.issuer().get() + ", not from here");
    }
    return Claims.ofUser(parts.gateway().issuer(), user)
        .token(SigningKey.in(context.state()), Clock.systemUTC(), TOKEN_LIFE);
  }

  /** What {@code sluice env} prints; empty when no stack was ever started in this folder. */
  public Map<String, String> environment() {
    Map<String, String> shown = new LinkedHashMap<>();
    if (!Files.exists(folder().resolve("issuer-key.pem"))) {
      return shown;
    }
    Endpoints at = parts.endpoints();
    shown.put("SLUICE_API", at.api());
    shown.put(
        "SLUICE_TOKEN",
        external.issuer().isPresent() ? external.companion("SLUICE_TOKEN") : token(DEVELOPER));
    shown.put("S3_ENDPOINT", at.s3().endpoint());
    shown.put("AWS_ENDPOINT_URL_S3", at.s3().endpoint());
    shown.put("AWS_REGION", at.s3().region());
    shown.put("AWS_ACCESS_KEY_ID", at.s3().services().accessKey());
    shown.put("AWS_SECRET_ACCESS_KEY", at.s3().services().secretKey());
    shown.put("KAFKA_BOOTSTRAP_SERVERS", at.kafka());
    shown.put("DATABASE_URL", parts.database().urlWithCredentials());
    shown.put("QDRANT_GRPC_URL", at.qdrant().address());
    shown.put("QDRANT_API_KEY", at.qdrant().secret());
    shown.put("RAY_ADDRESS", at.ray().address());
    shown.put("RAY_AUTH_MODE", "token");
    shown.put("RAY_AUTH_TOKEN", at.ray().secret());
    return shown;
  }

  private static PartStatus statusOf(Part part) {
    PartStatus.Health health =
        !part.isAlive()
            ? PartStatus.Health.DOWN
            : part.isReady() ? PartStatus.Health.READY : PartStatus.Health.NOT_READY;
    return new PartStatus(part.name(), health, part.address(), part.residentBytes());
  }

  private static PartStatus replaced(Part part) {
    return new PartStatus(part.name(), PartStatus.Health.EXTERNAL, "a team's own server", 0);
  }
}
