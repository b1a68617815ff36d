package dev.sluice.upload.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.support.address.AddressException;
import dev.sluice.support.address.AddressGuard;
import dev.sluice.support.address.GuardedHttp;
import dev.sluice.support.nfs.NfsException;
import dev.sluice.support.nfs.NfsPlace;
import dev.sluice.support.nfs.NfsServer;
import dev.sluice.support.storage.StorageConfig;
import dev.sluice.upload.source.S3Source.StoreAccess;
import dev.sluice.upload.source.SourceConfig.CredentialsConfig;
import io.minio.MinioClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Opens sources by the scheme of their URL. */
@ApplicationScoped
public class SourceService implements Sources {
  private final SourceConfig config;
  private final StorageConfig storage;
  private final AddressGuard guard;
  private final CredentialBook credentials;
  private final OkHttpClient outside;
  private final OkHttpClient ownStore;

  @Inject
  SourceService(SourceConfig config, StorageConfig storage) {
    this(config, storage, AddressGuard.of(rules(config)));
  }

  SourceService(SourceConfig config, StorageConfig storage, AddressGuard guard) {
    this.config = config;
    this.storage = storage;
    this.guard = guard;
    this.credentials = new CredentialBook(config.credentials());
    this.outside = GuardedHttp.client(guard, config.connectTimeout(), config.readTimeout());
    this.ownStore = GuardedHttp.ownStore(config.connectTimeout(), config.readTimeout());
  }

  /** What imports may connect to. */
  static AddressGuard.Rules rules(SourceConfig config) {
    return new AddressGuard.Rules(
        "sluice.import", config.allowedAddresses().orElse(List.of()), config.allowedPorts());
  }

  @Override
  public Source open(String project, SourceSpec spec) throws SourceException {
    URI url = spec.url();
    String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "http", "https" -> http(project, spec);
      case "s3" -> s3(project, spec);
      case "nfs" -> nfs(spec);
      case "file" -> LocalSource.of(url, config.allowedPaths().orElse(List.of()), limits(spec));
      default ->
          throw new SourceException.Refused(
              "'%s': imports come from http, https, s3, nfs and file URLs"
                  .formatted(Text.shown(scheme)));
    };
  }

  private Source http(String project, SourceSpec spec) throws SourceException {
    @Nullable HttpUrl url = HttpUrl.parse(spec.url().toString());
    if (url == null) {
      throw new SourceException.Invalid("'" + Text.shown(spec.url()) + "' is no URL");
    }
    if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
      throw new SourceException.Refused(
          Text.shown(url) + ": a user in the URL; name configured credentials instead");
    }
    check(url.host(), url.port());
    Optional<CredentialsConfig> login = credentials(project, spec, url);
    Optional<String> header =
        login.isPresent() ? Optional.of(authorization(login.orElseThrow())) : Optional.empty();
    HttpGet get = new HttpGet(outside, url, header, config.maxRedirects());
    return new HttpSource(get, limits(spec));
  }

  private Source s3(String project, SourceSpec spec) throws SourceException {
    S3Place place = S3Place.of(spec.url());
    boolean own =
        place.isAt(storage.endpoint()) || storage.publicEndpoint().filter(place::isAt).isPresent();
    if (!own) {
      check(place.endpoint().host(), place.endpoint().port());
    }
    Optional<CredentialsConfig> login = credentials(project, spec, place.endpoint());
    if (login.isPresent()) {
      CredentialsConfig keys = login.orElseThrow();
      return new S3Source(
          S3Clients.with(own ? ownStore : outside, place, keys),
          place,
          own ? StoreAccess.OWN_STORE : StoreAccess.OUTSIDE,
          limits(spec));
    }
    if (!own) {
      return new S3Source(
          S3Clients.anonymous(outside, place), place, StoreAccess.OUTSIDE, limits(spec));
    }
    // Sluice's own key reads every project's bucket, so it serves the project's own alone.
    if (!place.bucket().equals(storage.bucketPrefix() + project)) {
      throw new SourceException.Refused(
          "bucket '%s' is not of project '%s': name credentials that may read it"
              .formatted(place.bucket(), project));
    }
    MinioClient client = S3Clients.ofSluice(ownStore, storage);
    return new S3Source(client, place, StoreAccess.OWN_BUCKET, limits(spec));
  }

  private void check(String host, int port) throws SourceException {
    try {
      guard.checkWritten(host, port);
    } catch (AddressException e) {
      throw SourceException.of(e);
    }
  }

  private Source nfs(SourceSpec spec) throws SourceException {
    NfsPlace place = nfsPlace(spec.url());
    check(place.host(), place.port());
    NfsServer server = new NfsServer(guard, place, config.connectTimeout(), config.readTimeout());
    return new NfsSource(server, place, limits(spec));
  }

  private static NfsPlace nfsPlace(URI url) throws SourceException {
    try {
      return NfsPlace.of(url);
    } catch (NfsException e) {
      throw SourceException.of(e);
    }
  }

  private Optional<CredentialsConfig> credentials(String project, SourceSpec spec, HttpUrl url)
      throws SourceException.Refused {
    return spec.credentials().isEmpty()
        ? Optional.empty()
        : Optional.of(
            credentials.find(spec.credentials().orElseThrow(), project, url.host(), url.port()));
  }

  private static String authorization(CredentialsConfig login) throws SourceException.Refused {
    if (login.bearer().isPresent()) {
      return "Bearer " + login.bearer().orElseThrow();
    }
    if (login.user().isPresent() && login.password().isPresent()) {
      return Credentials.basic(login.user().orElseThrow(), login.password().orElseThrow(), UTF_8);
    }
    throw new SourceException.Refused(
        "these credentials have neither a bearer token nor a user and password, as HTTP needs");
  }

  private ListLimits limits(SourceSpec spec) throws SourceException {
    Optional<Glob> glob =
        spec.glob().isEmpty() ? Optional.empty() : Optional.of(Glob.of(spec.glob().orElseThrow()));
    return new ListLimits(glob, config.maxFiles(), config.maxFileSize());
  }
}
