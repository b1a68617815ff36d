package dev.sluice.local;

import dev.sluice.local.part.Database;
import dev.sluice.local.part.GatewayPart;
import dev.sluice.local.part.KafkaPart;
import dev.sluice.local.part.Part;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.PostgresPart;
import dev.sluice.local.part.PythonEnvironment;
import dev.sluice.local.part.QdrantPart;
import dev.sluice.local.part.RayPart;
import dev.sluice.local.part.S3Part;
import dev.sluice.local.part.ServicePart;
import dev.sluice.local.store.SigningIdentity;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All parts of one stack and what each is told of the others. */
final class Parts {
  /** What the services call buckets when nobody says otherwise. */
  private static final String BUCKET_PREFIX = "sluice-";

  private final External external;
  private final PartContext context;
  private final PythonEnvironment python;
  private final PostgresPart postgres;
  private final KafkaPart kafka;
  private final S3Part s3;
  private final GatewayPart gateway;
  private final RayPart ray;
  private final QdrantPart qdrant;
  private final Map<Service, ServicePart> services = new EnumMap<>(Service.class);
  private final Map<Service, Database> accounts = new EnumMap<>(Service.class);

  Parts(PartContext context, External external) {
    this.context = context;
    this.external = external;
    this.python = new PythonEnvironment(context);
    this.postgres = new PostgresPart(context);
    this.kafka = new KafkaPart(context);
    this.s3 = new S3Part(context);
    this.ray = new RayPart(context, python);
    this.qdrant = new QdrantPart(context, python);
    this.gateway = new GatewayPart(context, this::upstreams, clientSecrets());
    for (Service service : Service.values()) {
      services.put(service, new ServicePart(context, service.shape(), () -> variables(service)));
    }
  }

  /** The servers below the services that are ours to run. */
  List<Part> foundation() {
    List<Part> parts = new ArrayList<>();
    if (external.database().isEmpty()) {
      parts.add(postgres);
    }
    if (external.kafka().isEmpty()) {
      parts.add(kafka);
    }
    if (external.s3().isEmpty()) {
      parts.add(s3);
    }
    parts.add(gateway);
    return parts;
  }

  /** The servers in the Python environment that are ours to run. */
  List<Part> pythonParts() {
    List<Part> parts = new ArrayList<>();
    if (external.ray().isEmpty()) {
      parts.add(ray);
    }
    if (external.qdrant().isEmpty()) {
      parts.add(qdrant);
    }
    return parts;
  }

  List<Part> services() {
    return List.copyOf(services.values());
  }

  /** Every part that is ours to run, in the order to start. */
  List<Part> all() {
    return Stream.of(foundation(), pythonParts(), services()).flatMap(List::stream).toList();
  }

  /** Every part that could run in this folder, also those replaced by a team's own servers. */
  List<Part> everKnown() {
    return Stream.concat(
            Stream.<Part>of(postgres, kafka, s3, gateway, ray, qdrant), services.values().stream())
        .toList();
  }

  PythonEnvironment python() {
    return python;
  }

  GatewayPart gateway() {
    return gateway;
  }

  /** The database as its owner. */
  Database database() {
    return external.database().map(Database::parse).orElseGet(postgres::database);
  }

  /** Makes schemas and roles; the services can be told their accounts only after this. */
  void prepareDatabase() {
    accounts.putAll(new Schemas(database(), context.secrets()).ensure());
  }

  Endpoints endpoints() {
    return new Endpoints(
        gateway.address(),
        external.issuer().orElseGet(gateway::issuer),
        external.kafka().orElseGet(kafka::address),
        external.s3().map(this::externalStore).orElseGet(this::ownStore),
        external
            .ray()
            .map(at -> new Endpoints.Guarded(at, external.companion("SLUICE_RAY_TOKEN")))
            .orElseGet(() -> new Endpoints.Guarded(ray.address(), ray.token())),
        external
            .qdrant()
            .map(at -> new Endpoints.Guarded(at, external.companion("SLUICE_QDRANT_API_KEY")))
            .orElseGet(() -> new Endpoints.Guarded(qdrant.address(), qdrant.apiKey())));
  }

  private Endpoints.Store ownStore() {
    SigningIdentity signing = s3.signing(BUCKET_PREFIX);
    return new Endpoints.Store(
        s3.address(),
        S3Part.REGION,
        new Endpoints.KeyPair(s3.accessKey(), s3.secretKey()),
        new Endpoints.KeyPair(signing.accessKey(), signing.secretKey()),
        s3.stsAddress());
  }

  private Endpoints.Store externalStore(String endpoint) {
    String region = external.companion("SLUICE_S3_REGION");
    return new Endpoints.Store(
        endpoint,
        region.isEmpty() ? S3Part.REGION : region,
        keyPair("SLUICE_S3"),
        keyPair("SLUICE_S3_SIGNING"),
        external.companion("SLUICE_S3_STS"));
  }

  private Endpoints.KeyPair keyPair(String prefix) {
    return new Endpoints.KeyPair(
        external.companion(prefix + "_ACCESS_KEY"), external.companion(prefix + "_SECRET_KEY"));
  }

  private Map<String, String> variables(Service service) {
    Database account = accounts.getOrDefault(service, database());
    Function<Service, String> addresses = other -> part(other).address();
    return new ServiceVariables(endpoints(), addresses, external)
        .of(service, account, clientSecret(service));
  }

  private ServicePart part(Service service) {
    return java.util.Objects.requireNonNull(services.get(service));
  }

  private Map<String, URI> upstreams() {
    return services.entrySet().stream()
        .collect(
            Collectors.toMap(e -> e.getKey().module(), e -> URI.create(e.getValue().address())));
  }

  private Map<String, String> clientSecrets() {
    return Stream.of(Service.values())
        .collect(Collectors.toMap(Service::module, this::clientSecret));
  }

  private String clientSecret(Service service) {
    String given = external.companion("SLUICE_OIDC_CLIENT_SECRET");
    return external.issuer().isPresent() && !given.isEmpty()
        ? given
        : context.secrets().of("oidc." + service.module());
  }
}
