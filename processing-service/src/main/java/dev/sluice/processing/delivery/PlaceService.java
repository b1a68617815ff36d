package dev.sluice.processing.delivery;

import dev.sluice.processing.delivery.DeliveryConfig.CredentialsConfig;
import dev.sluice.processing.delivery.S3Place.Where;
import dev.sluice.support.address.AddressException;
import dev.sluice.support.address.AddressGuard;
import dev.sluice.support.address.GuardedHttp;
import dev.sluice.support.nfs.NfsException;
import dev.sluice.support.nfs.NfsPlace;
import dev.sluice.support.nfs.NfsServer;
import dev.sluice.support.nfs.RpcUser;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.support.storage.StorageConfig;
import dev.sluice.support.storage.StoredObject;
import io.minio.MinioClient;
import io.minio.credentials.StaticProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Opens the places that may be delivered to, and says why others may not. */
@ApplicationScoped
class PlaceService {
  private final DeliveryConfig config;
  private final StorageConfig storage;
  private final ObjectStore store;
  private final AddressGuard guard;
  private final OkHttpClient outside;
  private final OkHttpClient ownStore;

  PlaceService(DeliveryConfig config, StorageConfig storage, ObjectStore store) {
    this.config = config;
    this.storage = storage;
    this.store = store;
    this.guard =
        AddressGuard.of(
            new AddressGuard.Rules(
                "sluice.deliveries",
                config.allowedAddresses().orElse(List.of()),
                config.allowedPorts()));
    this.outside = GuardedHttp.client(guard, config.connectTimeout(), config.readTimeout());
    this.ownStore = GuardedHttp.ownStore(config.connectTimeout(), config.readTimeout());
  }

  /**
   * Says what is wrong with a destination, as far as that is known without going there.
   *
   * @throws DeliveryFault naming what is in the way
   */
  void check(String project, Target target) throws DeliveryFault {
    try {
      switch (target.kind()) {
        case LOCAL -> folders(project, target);
        case NFS -> {
          NfsPlace place = NfsPlace.of(target.uri());
          noSecret(target);
          guard.checkWritten(place.host(), place.port());
        }
        case S3 -> {
          BucketUrl place = BucketUrl.of(target.uri());
          keys(project, target, place);
          if (!place.isAt(storage.endpoint())) {
            guard.checkWritten(place.endpoint().getHost(), place.port());
          }
        }
        case QDRANT -> VectorUrl.of(target);
      }
    } catch (AddressException | NfsException e) {
      throw DeliveryFault.of(e);
    }
  }

  /** The place of a delivery; close it. */
  Place open(Delivery delivery) throws IOException {
    Target target = delivery.target();
    check(delivery.project(), target);
    TempName temp = new TempName(delivery.id(), delivery.claim());
    return switch (target.kind()) {
      case LOCAL -> new LocalPlace(root(), folders(delivery.project(), target), temp);
      case NFS ->
          NfsFolderPlace.on(
              new NfsServer(
                  guard,
                  NfsPlace.of(target.uri()),
                  new RpcUser(config.nfsUser(), config.nfsGroup()),
                  config.connectTimeout(),
                  config.readTimeout()),
              temp);
      case S3 -> bucket(delivery.project(), target);
      case QDRANT -> throw new IllegalStateException("vectors are made by another service");
    };
  }

  private Path root() throws DeliveryFault {
    return config
        .localRoot()
        .orElseThrow(
            () ->
                DeliveryFault.refused(
                    "no folder of this server takes deliveries: sluice.deliveries.local-root"));
  }

  /** The folders from the root to the place; the first is the project's own. */
  private List<String> folders(String project, Target target) throws DeliveryFault {
    Path root = root();
    noSecret(target);
    boolean plain = target.uri().getRawAuthority() == null && target.uri().getRawQuery() == null;
    Path wanted = Path.of(String.valueOf(target.uri().getPath()));
    Path own = root.resolve(project);
    if (!plain || !wanted.equals(wanted.normalize()) || !wanted.startsWith(own)) {
      throw DeliveryFault.refused(
          "a local place of project %s is file://%s or a folder below it".formatted(project, own));
    }
    List<String> folders = new ArrayList<>();
    root.relativize(wanted).forEach(name -> folders.add(name.toString()));
    return folders;
  }

  private static void noSecret(Target target) throws DeliveryFault {
    if (target.secretRef() != null) {
      throw DeliveryFault.refused(
          "secretRef: " + target.kind().text() + " knows no credentials; leave it out");
    }
  }

  private S3Place bucket(String project, Target target) throws IOException {
    BucketUrl place = BucketUrl.of(target.uri());
    boolean own = place.isAt(storage.endpoint());
    CredentialsConfig keys = keys(project, target, place);
    MinioClient client =
        MinioClient.builder()
            .httpClient(own ? ownStore : outside)
            .endpoint(place.endpoint().toString())
            .region(place.region())
            .credentialsProvider(
                new StaticProvider(
                    keys.accessKey(), keys.secretKey(), keys.sessionToken().orElse(null)))
            .build();
    return new S3Place(
        client,
        new Where(
            place.bucket(),
            place.prefix(),
            config.partSize(),
            config.parallelFiles(),
            own ? new OwnBucket(store.bucketOf(project)) : null));
  }

  /** Credentials are for their projects and hosts alone; the message does not say which. */
  private CredentialsConfig keys(String project, Target target, BucketUrl place)
      throws DeliveryFault {
    if (place.isAt(storage.endpoint()) && place.bucket().startsWith(storage.bucketPrefix())) {
      throw DeliveryFault.refused("bucket " + place.bucket() + " is kept for a project of Sluice");
    }
    @Nullable String name = target.secretRef();
    if (name == null) {
      throw DeliveryFault.refused("secretRef is wanted: the name of configured credentials");
    }
    String host = place.endpoint().getHost().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(config.credentials().get(name))
        .filter(keys -> keys.projects().contains("*") || keys.projects().contains(project))
        .filter(
            keys ->
                keys.hosts().stream()
                    .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                    .anyMatch(a -> a.equals(host) || a.equals(host + ":" + place.port())))
        .orElseThrow(
            () ->
                DeliveryFault.refused(
                    "credentials '%s' are not configured for project '%s' and host '%s'"
                        .formatted(name, project, host)));
  }

  /** Where the version's objects are, asked from a worker thread. */
  private final class OwnBucket implements S3Place.Origin {
    private final String bucket;

    OwnBucket(String bucket) {
      this.bucket = bucket;
    }

    @Override
    public String bucket() {
      return bucket;
    }

    @Override
    public StoredObject stat(String key) throws IOException {
      return store
          .stat(bucket, key)
          .await()
          .indefinitely()
          .orElseThrow(() -> new StoreAway("the store has no object " + key));
    }
  }
}
