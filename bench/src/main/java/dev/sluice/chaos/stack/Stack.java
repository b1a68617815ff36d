package dev.sluice.chaos.stack;

import dev.sluice.chaos.proxy.FaultProxy;
import dev.sluice.local.identity.Claims;
import dev.sluice.local.identity.SigningKey;
import dev.sluice.local.part.Database;
import dev.sluice.local.part.GatewayPart;
import dev.sluice.local.part.KafkaPart;
import dev.sluice.local.part.Part;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.PostgresPart;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.part.S3Part;
import dev.sluice.local.part.ServicePart;
import dev.sluice.local.part.ServiceShape;
import dev.sluice.local.process.PartProcess;
import dev.sluice.local.state.Installation;
import dev.sluice.local.state.LocalException;
import dev.sluice.local.state.Ports;
import dev.sluice.local.state.StateFolder;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything an upload touches, each a process of its own, in one folder that is emptied at the
 * end. The upload service and the clients reach the object store through a proxy each.
 */
public final class Stack implements AutoCloseable {
  /** Name of the service under test. */
  public static final String UPLOAD = "upload-service";

  /** Name of the service that keeps versions. */
  public static final String CATALOG = "catalog-service";

  /** Name of another replica of it, which runs only while it is asked for. */
  public static final String SECOND_CATALOG = "catalog-service-2";

  private static final List<String> PORTS =
      List.of(
          "postgres",
          "kafka",
          "kafka-controller",
          "s3",
          "s3-sts",
          "gateway",
          UPLOAD,
          CATALOG,
          SECOND_CATALOG,
          "proxy-service",
          "proxy-client");
  private static final int FIRST_PORT = 21_000;
  private static final int LAST_PORT = 32_000;
  private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(2);
  private static final Duration TOKEN_LIFE = Duration.ofHours(6);

  private final StateFolder state;
  private final PartContext context;
  private final PostgresPart postgres;
  private final KafkaPart kafka;
  private final S3Part s3;
  private final GatewayPart gateway;
  private final ServicePart catalog;
  private final ServicePart secondCatalog;
  private final ServicePart upload;
  private final boolean uploads;
  private final FaultProxy serviceToStore;
  private final FaultProxy clientToStore;
  private final Thread atExit;

  private Stack(
      StateFolder state,
      Map<String, Integer> ports,
      Map<String, String> catalogSettings,
      Map<String, String> settings,
      boolean uploads)
      throws IOException {
    this.state = state;
    this.uploads = uploads;
    this.context = PartContext.detached(Installation.locate(), state);
    this.postgres = new PostgresPart(context);
    this.kafka = new KafkaPart(context);
    this.s3 = new S3Part(context);
    URI store = URI.create(s3.address());
    this.serviceToStore = FaultProxy.start(port(ports, "proxy-service"), store);
    this.clientToStore = FaultProxy.start(port(ports, "proxy-client"), store);
    Map<String, String> secrets =
        Stream.of(UPLOAD, CATALOG)
            .collect(Collectors.toMap(n -> n, n -> context.secrets().of("oidc." + n)));
    this.catalog =
        new ServicePart(
            context,
            new ServiceShape(CATALOG, port(ports, CATALOG), 192, true),
            () -> variables(CATALOG, catalogSettings));
    this.secondCatalog =
        new ServicePart(
            context,
            SECOND_CATALOG,
            new ServiceShape(CATALOG, port(ports, SECOND_CATALOG), 192, true),
            () -> variables(CATALOG, catalogSettings));
    this.upload =
        new ServicePart(
            context,
            new ServiceShape(UPLOAD, port(ports, UPLOAD), 256, true),
            () -> variables(UPLOAD, settings));
    this.gateway =
        new GatewayPart(
            context,
            () ->
                Map.of(
                    UPLOAD, URI.create(upload.address()), CATALOG, URI.create(catalog.address())),
            secrets);
    this.atExit = new Thread(this::end);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts everything and waits until it answers.
   *
   * @param settings further variables of the service under test
   */
  public static Stack start(Path folder, Map<String, String> settings) throws IOException {
    StateFolder state = new StateFolder(folder);
    return started(new Stack(state, keptPorts(state), Map.of(), settings, true));
  }

  /**
   * As the other, without the upload service.
   *
   * @param settings further variables of the catalog
   */
  public static Stack ofCatalog(Path folder, Map<String, String> settings) throws IOException {
    StateFolder state = new StateFolder(folder);
    return started(new Stack(state, keptPorts(state), settings, Map.of(), false));
  }

  private static Stack started(Stack stack) throws IOException {
    try {
      List<Part> foundation = List.of(stack.postgres, stack.kafka, stack.s3, stack.gateway);
      foundation.forEach(Part::start);
      foundation.forEach(Readiness::await);
      stack.services().forEach(Part::start);
      stack.services().forEach(Readiness::await);
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /** Ports that no other stack takes while a server is down, nor an outgoing connection. */
  private static Map<String, Integer> keptPorts(StateFolder state) {
    Iterator<Integer> free =
        new Random().ints(FIRST_PORT, LAST_PORT).filter(Ports::isFree).distinct().iterator();
    Map<String, Integer> ports =
        PORTS.stream().collect(Collectors.toMap(name -> name, name -> free.next()));
    state.writePrivately(
        "ports.properties",
        ports.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue() + "\n")
            .collect(Collectors.joining()));
    return ports;
  }

  private static int port(Map<String, Integer> ports, String name) {
    return java.util.Objects.requireNonNull(ports.get(name));
  }

  private Map<String, String> variables(String service, Map<String, String> more) {
    return new ServiceEnvironment(
            postgres.database(), kafka.address(), gateway.issuer(), catalog.address(), s3)
        .of(
            service,
            context.secrets().of("oidc." + service),
            service.equals(UPLOAD) ? serviceToStore.address() : s3.address(),
            service.equals(UPLOAD) ? clientToStore.address() : s3.address(),
            more);
  }

  /** Where clients ask. */
  public String api() {
    return gateway.address();
  }

  /** A token of this user, good for all trials. */
  public String token(String user) {
    return Claims.ofUser(gateway.issuer(), user)
        .token(SigningKey.in(state), Clock.systemUTC(), TOKEN_LIFE);
  }

  /** Between the service and the store. */
  public FaultProxy serviceToStore() {
    return serviceToStore;
  }

  /** Between the clients and the store. */
  public FaultProxy clientToStore() {
    return clientToStore;
  }

  /** The database, for the checker. */
  public Database database() {
    return postgres.database();
  }

  /** The broker's address, for the checker. */
  public String broker() {
    return kafka.address();
  }

  /** The store without any proxy, for the checker. */
  public MinioAsyncClient store() {
    return MinioAsyncClient.builder()
        .endpoint(s3.address())
        .region(S3Part.REGION)
        .credentials(s3.accessKey(), s3.secretKey())
        .build();
  }

  /** A token of a service, good for all trials. */
  public String serviceToken(String service) {
    return Claims.ofService(gateway.issuer(), service)
        .token(SigningKey.in(state), Clock.systemUTC(), TOKEN_LIFE);
  }

  /** Where a replica of the catalog answers by itself. */
  public String catalogApi(String replica) {
    return (replica.equals(CATALOG) ? catalog : secondCatalog).address();
  }

  /** Starts the second replica of the catalog and waits until it answers. */
  public void startSecondCatalog() {
    Readiness.startAndAwait(secondCatalog);
  }

  /** Arms a crash point of the running upload service. */
  public void arm(String point) {
    arm(UPLOAD, point);
  }

  /** Arms a crash point of a running service. */
  public void arm(String service, String point) {
    CrashAgent.arm(pid(service), point, state.path());
  }

  /** Arms a point at which a running service is not halted but stands still. */
  public void armPause(String service, String point) {
    CrashAgent.arm(pid(service), CrashAgent.PAUSE + point, state.path());
  }

  /** SIGSTOP: the process stands still, with all that it holds. */
  public void pause(String part) {
    Zombies.signal("STOP", pid(part));
  }

  /** SIGCONT: it goes on as if nothing had been. */
  public void goOn(String part) {
    Zombies.signal("CONT", pid(part));
  }

  /** Whether a process came to stand still within the limit. */
  public boolean pausesWithin(String part, Duration limit) {
    return Zombies.stopsWithin(pid(part), limit);
  }

  /** Whether the upload service ended within the limit. */
  public boolean serviceEndsWithin(Duration limit) {
    return endsWithin(UPLOAD, limit);
  }

  /** Whether a process ended within the limit. */
  public boolean endsWithin(String part, Duration limit) {
    return new PartProcess(state, part).awaitEnd(limit);
  }

  private List<ServicePart> services() {
    return uploads ? List.of(catalog, upload) : List.of(catalog);
  }

  /** SIGKILL of the first process of a part; waits until its children noticed and went. */
  public void kill(String part) {
    new PartProcess(state, part)
        .pid()
        .flatMap(ProcessHandle::of)
        .ifPresent(
            process -> {
              List<ProcessHandle> children = process.descendants().toList();
              process.destroyForcibly();
              Stream.concat(Stream.of(process), children.stream())
                  .map(ProcessHandle::onExit)
                  .forEach(CompletableFuture::join);
            });
  }

  /** PostgreSQL's immediate stop: no checkpoint, recovery at the next start. */
  public void stopDatabaseAtOnce() {
    new PartProcess(state, "postgres").stop("QUIT", Duration.ofSeconds(10));
  }

  /** SIGKILL of database, broker, store and service at once. */
  public void killAll() {
    Stream.of("postgres", "kafka", "s3", UPLOAD).parallel().forEach(this::kill);
  }

  /** Starts whatever is down and waits until everything answers. */
  public void startAgain() {
    for (Part part : List.of(kafka, s3)) {
      if (!part.isAlive()) {
        part.start();
      }
    }
    List<Part> all = new ArrayList<>(List.of(postgres, kafka, s3));
    all.addAll(services());
    for (Part part : all) {
      Instant deadline = Instant.now().plus(RESTARTS_WITHIN);
      while (!part.isAlive() || !part.isReady()) {
        try {
          Readiness.startAndAwait(part);
        } catch (LocalException notYet) {
          if (Instant.now().isAfter(deadline)) {
            throw notYet;
          }
        }
      }
    }
  }

  /** Keeps a bucket of the store as it is now; nobody may be writing into it. */
  public void keepBucket(String bucket) {
    Folders.copy(state.folder("s3").resolve(bucket), state.folder("kept").resolve(bucket));
  }

  /** Puts a bucket back to how it was kept, as a restored backup would; the store must be down. */
  public void putBackBucket(String bucket) {
    Folders.copy(state.folder("kept").resolve(bucket), state.folder("s3").resolve(bucket));
  }

  /** Where the logs are. */
  public Path log(String part) {
    return state.log(part);
  }

  private long pid(String part) {
    return new PartProcess(state, part)
        .pid()
        .orElseThrow(() -> new IllegalStateException(part + " does not run"));
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
    serviceToStore.close();
    clientToStore.close();
    state.wipe(List.of());
    Files.deleteIfExists(state.path());
  }

  private void end() {
    Stream.<Part>of(upload, secondCatalog, catalog, gateway, s3, kafka, postgres)
        .forEach(Part::stop);
  }
}
