package dev.sluice.upload.source;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/**
 * The objects of a bucket under a prefix: the object of that very key, and those in the folder of
 * that name.
 *
 * <p>Permissions needed: {@code s3:ListBucket}, {@code s3:GetObject}. Each read is pinned to the
 * ETag that was listed. Markers of folders (keys that end in a slash) are passed over.
 */
final class S3Source implements Source {
  private static final int PAGE = 1_000;

  private final MinioClient client;
  private final S3Place place;
  private final StoreAccess access;
  private final ListLimits limits;

  /**
   * A source.
   *
   * @param client behind the guard, unless the endpoint is Sluice's own store
   */
  S3Source(MinioClient client, S3Place place, StoreAccess access, ListLimits limits) {
    this.client = client;
    this.place = place;
    this.access = access;
    this.limits = limits;
  }

  @Override
  public Iterator<SourceFile> files() {
    Iterable<Result<Item>> items =
        client.listObjects(
            ListObjectsArgs.builder()
                .bucket(place.bucket())
                .prefix(place.prefix())
                .recursive(true)
                .maxKeys(PAGE)
                .build());
    Iterator<Result<Item>> all = items.iterator();
    return new FileIterator(limits, () -> next(all));
  }

  private Optional<SourceFile> next(Iterator<Result<Item>> all) throws SourceException {
    while (hasNext(all)) {
      Item item = item(all.next());
      String key = item.objectName();
      if (!item.isDir() && !key.endsWith("/") && place.has(key)) {
        Optional<SourceFile> file = file(key, item);
        if (file.isPresent()) {
          return file;
        }
      }
    }
    return Optional.empty();
  }

  private boolean hasNext(Iterator<Result<Item>> all) throws SourceException {
    try {
      return all.hasNext();
    } catch (RuntimeException e) {
      throw SourceException.in(e).orElseThrow(() -> e);
    }
  }

  private Item item(Result<Item> result) throws SourceException {
    try {
      return result.get();
    } catch (MinioException e) {
      throw S3Failures.of(shown(place.prefix()), e);
    }
  }

  private Optional<SourceFile> file(String key, Item item) throws SourceException {
    String relative = place.relative(key);
    if (!limits.wants(relative)) {
      return Optional.empty();
    }
    String path = limits.path(relative, shown(key));
    String etag = bare(item.etag());
    limits.checkSize(shown(key), item.size());
    return Optional.of(
        new SourceFile(
            path,
            item.size(),
            etag,
            item.size() > 0,
            sameStore(key, etag),
            Optional.of(key).filter(k -> !k.equals(place.folder() + path))));
  }

  /**
   * Who may list a bucket may not always read it, so readers with their own key are asked first.
   */
  private Optional<StoreObject> sameStore(String key, String etag) throws SourceException {
    switch (access) {
      case OUTSIDE -> {
        return Optional.empty();
      }
      case OWN_BUCKET -> {}
      case OWN_STORE -> {
        try {
          client.statObject(StatObjectArgs.builder().bucket(place.bucket()).object(key).build());
        } catch (MinioException e) {
          throw S3Failures.of(shown(key), e);
        }
      }
    }
    return Optional.of(new StoreObject(place.bucket(), key, etag));
  }

  @Override
  public InputStream open(SourceFile file, long offset, long length) throws SourceException {
    String key = file.key().orElse(place.folder() + file.path());
    long count = length < 0 ? file.size() - offset : length;
    if (offset < 0 || count < 0 || offset + count > file.size()) {
      throw new IllegalArgumentException(
          "bytes %d+%d of an object of %d".formatted(offset, length, file.size()));
    }
    GetObjectArgs.Builder wanted =
        GetObjectArgs.builder().bucket(place.bucket()).object(key).matchETag(file.tag());
    if (count < file.size()) {
      wanted.offset(offset).length(count);
    }
    try {
      GetObjectResponse answer = client.getObject(wanted.build());
      return checked(answer, file, offset, count);
    } catch (MinioException e) {
      throw S3Failures.of(shown(key), e);
    }
  }

  private InputStream checked(GetObjectResponse answer, SourceFile file, long offset, long count)
      throws SourceException {
    String shown = shown(answer.object());
    String etag = bare(Optional.ofNullable(answer.headers().get("ETag")).orElse(""));
    Optional<ContentRange> range =
        ContentRange.of(Optional.ofNullable(answer.headers().get("Content-Range")).orElse(""));
    boolean whole = count == file.size();
    boolean inRange =
        range
            .filter(
                r ->
                    r.first() == offset
                        && r.last() == offset + count - 1
                        && r.total() == file.size())
            .isPresent();
    if (etag.equals(file.tag()) && (whole ? range.isEmpty() : inRange)) {
      return MeasuredStream.exact(answer, shown, count);
    }
    S3Failures.close(answer);
    if (!etag.equals(file.tag())) {
      throw new SourceException.Changed(shown + ": has another ETag than listed");
    }
    throw new SourceException.Invalid(shown + ": answers with another range than asked for");
  }

  private String shown(String key) {
    return Text.shown("s3://" + place.bucket() + "/" + key);
  }

  private static String bare(String etag) {
    return etag.replace("\"", "");
  }

  @Override
  public void close() {
    // The connections belong to the HTTP client, which all sources share.
  }

  /** Whose store it is, which decides whether Sluice may copy by itself. */
  enum StoreAccess {
    /** Another store. */
    OUTSIDE,
    /** Sluice's own store, read with credentials of the request. */
    OWN_STORE,
    /** The project's own bucket of Sluice's own store, read with Sluice's key. */
    OWN_BUCKET
  }
}
