package dev.sluice.catalog.version;

import dev.sluice.catalog.file.ErasedFilesService;
import dev.sluice.catalog.file.FilePath;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.ManifestLines;
import dev.sluice.catalog.file.PageReader;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.version.VersionProblem.VersionNotSealed;
import dev.sluice.catalog.version.VersionProblem.VersionSealed;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.hibernate.reactive.mutiny.Mutiny;

/** Files of a version for readers, and taken out of drafts. */
@ApplicationScoped
class FileService {
  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final VersionRepository versions;
  private final FileSetService files;
  private final ErasedFilesService erased;
  private final ObjectStore store;
  private final DownloadConfig config;

  FileService(
      Transactions transactions,
      VersionLookupService lookup,
      VersionRepository versions,
      FileSetService files,
      ErasedFilesService erased,
      ObjectStore store,
      DownloadConfig config) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.versions = versions;
    this.files = files;
    this.erased = erased;
    this.store = store;
    this.config = config;
  }

  /** One file; 410 when its bytes were erased. */
  Uni<VersionFile> get(ProjectScope scope, VersionName name, FilePath path) {
    return transactions.reading(
        session ->
            find(session, scope, name)
                .flatMap(v -> files.get(session, scope, v.version().fileSet(), path))
                .flatMap(file -> erased.present(session, scope, file)));
  }

  /** Where the file's bytes can be read for a while without a token. */
  Uni<URI> download(ProjectScope scope, VersionName name, FilePath path) {
    String bucket = store.bucketOf(scope.project());
    return get(scope, name, path)
        .map(file -> store.presignGet(bucket, file.objectKey(), config.validFor()))
        .map(URI::create);
  }

  /** Takes a file out of a people's draft; 409 for a sealed version. */
  Uni<Void> remove(ProjectScope scope, VersionName name, FilePath path) {
    return transactions.in(
        session ->
            lookup
                .lock(session, scope, name.dataset(), name.version())
                .invoke(FileService::refuseFinal)
                .invoke(SealService::refuseReserved)
                .map(VersionOfDataset::version)
                .flatMap(
                    draft ->
                        files
                            .remove(session, scope, draft.fileSet(), path)
                            .flatMap(
                                added -> versions.save(session, scope, draft.changedBy(added)))));
  }

  /** The manifest of a version whose content is final. */
  Uni<Manifest> manifest(ProjectScope scope, VersionName name) {
    return transactions
        .reading(session -> find(session, scope, name))
        .map(found -> new Manifest(digestOf(found), lines(scope, found)));
  }

  private Multi<byte[]> lines(ProjectScope scope, VersionOfDataset found) {
    PageReader reader =
        new PageReader(
            page ->
                transactions.reading(
                    session -> files.page(session, scope, found.version().fileSet(), "", page)));
    return reader.pages().map(ManifestLines::of);
  }

  private Uni<VersionOfDataset> find(Mutiny.Session session, ProjectScope scope, VersionName name) {
    return lookup.get(session, scope, name.dataset(), name.version());
  }

  private static String digestOf(VersionOfDataset found) {
    if (found.version().state() instanceof Final f) {
      return f.seal().digest().value();
    }
    throw new VersionNotSealed(found.dataset().name(), found.number()).exception();
  }

  private static void refuseFinal(VersionOfDataset found) {
    if (found.version().state() instanceof Final) {
      throw new VersionSealed(found.dataset().name(), found.number()).exception();
    }
  }

  /** A version as a caller names it. */
  record VersionName(String dataset, String version) {}

  /**
   * A manifest on its way out.
   *
   * @param digest of the version
   * @param lines blocks of lines; LF goes between the blocks and behind the last
   */
  record Manifest(String digest, Multi<byte[]> lines) {}
}
