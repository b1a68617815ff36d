package dev.sluice.upload.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.part.S3Part;
import dev.sluice.testing.TestServers;
import dev.sluice.upload.source.SourceSettings.Login;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Imports from a real S3, once as another store and once as Sluice's own. */
class S3SourceTest {
  private static final String PREFIX = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
  private static final byte[] CONTENT = "content of the first version".getBytes(UTF_8);
  private static final Login KEYS =
      Login.keys(TestServers.s3().accessKey(), TestServers.s3().secretKey(), "127.0.0.1");

  private static MinioClient store;

  @BeforeAll
  static void fill() throws MinioException {
    S3Part s3 = TestServers.s3();
    store =
        MinioClient.builder()
            .endpoint(s3.address())
            .region(S3Part.REGION)
            .credentials(s3.accessKey(), s3.secretKey())
            .build();
    for (String project : List.of("demo", "other")) {
      store.makeBucket(MakeBucketArgs.builder().bucket(PREFIX + project).build());
      for (String key :
          List.of(
              "data/a.txt",
              "data/b/c.txt",
              "data/b/été ü.txt",
              "data.txt",
              "database/x.txt",
              "one/file.bin",
              "empty/nothing",
              "odd/a b+c%2f.txt")) {
        put(project, key, key.startsWith("empty") ? new byte[0] : CONTENT);
      }
    }
  }

  private static void put(String project, String key, byte[] bytes) throws MinioException {
    store.putObject(
        PutObjectArgs.builder().bucket(PREFIX + project).object(key).stream(
                new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
            .build());
  }

  private static Source open(
      String prefix, String project, boolean own, Optional<Login> keys, Optional<String> glob)
      throws SourceException {
    S3Part s3 = TestServers.s3();
    URI endpoint = URI.create(s3.address());
    SourceSettings settings = SourceSettings.strict(List.of(Integer.toString(endpoint.getPort())));
    if (!own) {
      settings = settings.allowing("127.0.0.1/32");
    }
    if (keys.isPresent()) {
      settings = settings.with("keys", keys.orElseThrow());
    }
    URI sluice = own ? endpoint : URI.create("http://127.0.0.1:1");
    URI url =
        URI.create("s3://%s%s/%s?endpoint=%s".formatted(PREFIX, project, prefix, s3.address()));
    return new SourceService(
            settings, StoreSettings.at(sluice, s3.accessKey(), s3.secretKey(), PREFIX))
        .open("demo", new SourceSpec(url, keys.map(k -> "keys"), glob));
  }

  private static List<SourceFile> all(Source source) throws SourceException {
    List<SourceFile> files = new ArrayList<>();
    source.files().forEachRemaining(files::add);
    return files;
  }

  private static byte[] read(Source source, SourceFile file, long offset, long length)
      throws IOException {
    try (InputStream in = source.open(file, offset, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void listsAndReadsFolderOfAnotherStore() throws IOException {
    try (Source source = open("data", "other", false, Optional.of(KEYS), Optional.empty())) {
      List<SourceFile> files = all(source);

      assertThat(files)
          .extracting(SourceFile::path)
          .containsExactly("a.txt", "b/c.txt", "b/été ü.txt");
      assertThat(files).allMatch(f -> f.ranges() && f.sameStore().isEmpty());
      assertThat(files).allMatch(f -> !f.tag().isEmpty() && f.size() == CONTENT.length);
      for (SourceFile file : files) {
        assertThat(read(source, file, 0, -1)).isEqualTo(CONTENT);
        assertThat(read(source, file, 11, 2)).isEqualTo("th".getBytes(UTF_8));
        assertThat(read(source, file, 11, -1)).isEqualTo("the first version".getBytes(UTF_8));
      }
    }
  }

  @Test
  void listsObjectOfThatVeryKey() throws IOException {
    try (Source source =
        open("one/file.bin", "other", false, Optional.of(KEYS), Optional.empty())) {
      List<SourceFile> files = all(source);

      assertThat(files).extracting(SourceFile::path).containsExactly("file.bin");
      assertThat(read(source, files.getFirst(), 0, -1)).isEqualTo(CONTENT);
    }
  }

  @Test
  void listsWholeBucketByGlob() throws IOException {
    try (Source source = open("", "other", false, Optional.of(KEYS), Optional.of("**/?.txt"))) {
      assertThat(all(source))
          .extracting(SourceFile::path)
          .containsExactly("data/a.txt", "data/b/c.txt", "database/x.txt");
    }
  }

  @Test
  void readsEmptyAndOddlyNamedObjects() throws IOException {
    try (Source source = open("empty/", "other", false, Optional.of(KEYS), Optional.empty())) {
      SourceFile file = all(source).getFirst();
      assertThat(file.size()).isZero();
      assertThat(read(source, file, 0, -1)).isEmpty();
    }
    try (Source source = open("odd/", "other", false, Optional.of(KEYS), Optional.empty())) {
      SourceFile file = all(source).getFirst();
      assertThat(file.path()).isEqualTo("a b+c%2f.txt");
      assertThat(read(source, file, 0, -1)).isEqualTo(CONTENT);
    }
  }

  @Test
  void saysChangedWhenObjectIsAnother() throws IOException, MinioException {
    put("other", "changing/x", CONTENT);
    try (Source source = open("changing", "other", false, Optional.of(KEYS), Optional.empty())) {
      SourceFile file = all(source).getFirst();
      put("other", "changing/x", "CONTENT of the first version".getBytes(UTF_8));

      assertThatThrownBy(() -> read(source, file, 0, -1))
          .isInstanceOf(SourceException.Changed.class);
      assertThatThrownBy(() -> read(source, file, 3, 4))
          .isInstanceOf(SourceException.Changed.class);
    }
  }

  @Test
  void saysGoneWhenThereIsNoBucketOrNoRight() throws IOException {
    Login wrong = Login.keys("sluice", "wrong", "127.0.0.1");
    try (Source nobody = open("data", "nobody", false, Optional.of(KEYS), Optional.empty());
        Source stranger = open("data", "other", false, Optional.empty(), Optional.empty());
        Source forger = open("data", "other", false, Optional.of(wrong), Optional.empty())) {
      for (Source source : List.of(nobody, stranger, forger)) {
        assertThatThrownBy(() -> all(source))
            .isInstanceOf(UncheckedIOException.class)
            .hasCauseInstanceOf(SourceException.Gone.class);
      }
    }
  }

  @Test
  void ownBucketNeedsNoCredentialsAndIsCopiedByTheStore() throws IOException {
    try (Source source = open("data", "demo", true, Optional.empty(), Optional.empty())) {
      SourceFile file = all(source).getFirst();

      assertThat(file.sameStore())
          .contains(new StoreObject(PREFIX + "demo", "data/a.txt", file.tag()));
      assertThat(read(source, file, 0, -1)).isEqualTo(CONTENT);
    }
  }

  @Test
  void bucketOfAnotherProjectIsNotReadWithSluicesKey() {
    assertThatThrownBy(() -> open("data", "other", true, Optional.empty(), Optional.empty()))
        .isInstanceOf(SourceException.Refused.class)
        .hasMessageContaining("not of project 'demo'");
  }

  @Test
  void bucketOfAnotherProjectIsReadWithCredentialsThatMay() throws IOException {
    try (Source source = open("data", "other", true, Optional.of(KEYS), Optional.empty())) {
      assertThat(all(source))
          .first()
          .extracting(SourceFile::sameStore)
          .satisfies(same -> assertThat(same.toString()).contains(PREFIX + "other"));
    }
  }

  @Test
  void credentialsOfTheEnvironmentAreFoundByTheirName() throws IOException {
    S3Part s3 = TestServers.s3();
    Map<String, String> environment =
        Map.of(
            "SLUICE_IMPORT_ALLOWED_ADDRESSES", "127.0.0.1/32",
            "SLUICE_IMPORT_ALLOWED_PORTS", "1-65535",
            "SLUICE_IMPORT_CONNECT_TIMEOUT", "PT2S",
            "SLUICE_IMPORT_READ_TIMEOUT", "PT2S",
            "SLUICE_IMPORT_CREDENTIALS_CORPUS_HOSTS", "127.0.0.1",
            "SLUICE_IMPORT_CREDENTIALS_CORPUS_PROJECTS", "demo",
            "SLUICE_IMPORT_CREDENTIALS_CORPUS_ACCESS_KEY", s3.accessKey(),
            "SLUICE_IMPORT_CREDENTIALS_CORPUS_SECRET_KEY", s3.secretKey());
    SourceConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(SourceConfig.class)
            .withSources(new EnvConfigSource(environment, 300))
            .build()
            .getConfigMapping(SourceConfig.class);
    URI url = URI.create("s3://%sother/one?endpoint=%s".formatted(PREFIX, s3.address()));

    try (Source source =
        new SourceService(config, StoreSettings.none())
            .open("demo", new SourceSpec(url, Optional.of("corpus"), Optional.empty()))) {
      assertThat(read(source, all(source).getFirst(), 0, -1)).isEqualTo(CONTENT);
    }
  }

  @Test
  void fileThatWasListedIsReadByAnotherSource() throws IOException, MinioException {
    put("other", "spelt/e\u0301.txt", CONTENT);
    try (Source listing = open("spelt", "other", false, Optional.of(KEYS), Optional.empty());
        Source reading = open("spelt", "other", false, Optional.of(KEYS), Optional.empty())) {
      SourceFile file = all(listing).getFirst();

      assertThat(file.path()).isEqualTo("\u00e9.txt");
      assertThat(read(reading, file, 0, -1)).isEqualTo(CONTENT);
    }
  }

  @Test
  void credentialsOfOtherHostsAreRefused() {
    Login elsewhere = Login.keys("sluice", "x", "s3.example.com");
    assertThatThrownBy(() -> open("data", "other", false, Optional.of(elsewhere), Optional.empty()))
        .isInstanceOf(SourceException.Refused.class);
  }

  @Test
  void endsListingAtMostFiles() throws IOException {
    SourceSettings few =
        SourceSettings.strict(List.of("1-65535")).allowing("127.0.0.1/32").taking(1 << 20, 2);
    URI url = URI.create("s3://%sother/?endpoint=%s".formatted(PREFIX, TestServers.s3().address()));
    try (Source source =
        new SourceService(few.with("keys", KEYS), StoreSettings.none())
            .open("demo", new SourceSpec(url, Optional.of("keys"), Optional.empty()))) {
      assertThatThrownBy(() -> all(source)).hasCauseInstanceOf(SourceException.TooLarge.class);
    }
  }
}
