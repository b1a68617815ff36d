package dev.sluice.catalog.download;

import dev.sluice.catalog.file.ErasedFilesService;
import dev.sluice.catalog.file.TreeService;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionOfDataset;
import dev.sluice.catalog.version.VersionTreeService;
import dev.sluice.events.VersionRef;
import dev.sluice.manifest.Digest;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Makes archives of versions, only as fast as they are taken. */
@ApplicationScoped
class ArchiveService {
  private static final int PAGE = 1_000;
  private static final byte[] NOTHING = {};

  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final VersionTreeService versions;
  private final TreeService trees;
  private final ErasedFilesService erased;
  private final ObjectStore store;

  ArchiveService(
      Transactions transactions,
      VersionLookupService lookup,
      VersionTreeService versions,
      TreeService trees,
      ErasedFilesService erased,
      ObjectStore store) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.versions = versions;
    this.trees = trees;
    this.erased = erased;
    this.store = store;
  }

  /** The wanted files of the version as it is now; fails when not even the first can be read. */
  Uni<Archive> archive(
      ProjectScope scope, VersionRef name, ArchiveFormat format, Selection wanted) {
    return transactions
        .reading(
            session ->
                lookup
                    .get(session, scope, name.dataset(), name.version())
                    .flatMap(
                        found ->
                            versions
                                .root(session, scope, found.version())
                                .map(root -> Found.of(found, root, format))))
        .flatMap(found -> begun(scope, found, format, wanted));
  }

  private Uni<Archive> begun(
      ProjectScope scope, Found found, ArchiveFormat format, Selection wanted) {
    String bucket = store.bucketOf(scope.project());
    ArchiveReader reader =
        new ArchiveReader(format.writer(), (key, offset) -> store.open(bucket, key, offset));
    Place place = new Place();
    Supplier<Uni<byte[]>> next =
        () -> fed(scope, found.root(), wanted, place, reader).chain(() -> block(reader));
    return next.get()
        .onFailure()
        .call(() -> closed(reader))
        .map(first -> new Archive(found.fileName(), blocks(first, next, reader)));
  }

  private static Multi<byte[]> blocks(
      byte[] first, Supplier<Uni<byte[]>> next, ArchiveReader reader) {
    Multi<byte[]> others =
        Multi.createBy()
            .repeating()
            .uni(() -> reader.done() ? Uni.createFrom().item(NOTHING) : next.get())
            .whilst(block -> !reader.done());
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().item(first), others)
        .filter(block -> block.length > 0)
        .onTermination()
        .call(() -> closed(reader));
  }

  private Uni<Void> fed(
      ProjectScope scope, Digest root, Selection wanted, Place place, ArchiveReader reader) {
    if (!reader.hungry()) {
      return Uni.createFrom().voidItem();
    }
    return trees
        .with(scope, tree -> new FileWalk(tree, root, wanted).page(place.after, PAGE))
        .flatMap(
            page ->
                transactions
                    .reading(session -> erased.marked(session, scope, page.files()))
                    .invoke(
                        marked -> {
                          String next = page.next();
                          place.after = next == null ? place.after : next;
                          reader.feed(marked, next != null);
                        }))
        .replaceWithVoid();
  }

  private static Uni<byte[]> block(ArchiveReader reader) {
    return Contexts.blocking(
        () -> {
          try {
            return reader.next();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Uni<Boolean> closed(ArchiveReader reader) {
    return Contexts.blocking(
        () -> {
          try {
            reader.close();
            return true;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** A version that was found, and what its archive is called. */
  private record Found(Digest root, String fileName) {
    static Found of(VersionOfDataset version, Digest root, ArchiveFormat format) {
      String number = version.number().toString();
      return new Found(root, format.fileName(version.dataset().name(), number));
    }
  }

  /** Behind which path the next page begins. */
  private static final class Place {
    private String after = "";
  }

  /**
   * An archive on its way out.
   *
   * @param blocks fail when the bytes of a file are not there or not those of the manifest
   */
  record Archive(String fileName, Multi<byte[]> blocks) {}
}
