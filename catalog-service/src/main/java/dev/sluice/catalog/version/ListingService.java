package dev.sluice.catalog.version;

import dev.sluice.catalog.file.ErasedFilesService;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.TreeService;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.version.ListingWalk.Found;
import dev.sluice.support.http.Page;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists files of versions: as they come, by page number, by folder, by what they match. */
@ApplicationScoped
class ListingService {
  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final VersionTreeService versions;
  private final FileSetService files;
  private final TreeService trees;
  private final ErasedFilesService erased;

  ListingService(
      Transactions transactions,
      VersionLookupService lookup,
      VersionTreeService versions,
      FileSetService files,
      TreeService trees,
      ErasedFilesService erased) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.versions = versions;
    this.files = files;
    this.trees = trees;
    this.erased = erased;
  }

  Uni<FileListing> list(ProjectScope scope, String dataset, String version, ListingRequest wanted) {
    return transactions.reading(
        session ->
            lookup
                .get(session, scope, dataset, version)
                .flatMap(
                    found ->
                        wanted.plain()
                            ? plain(session, scope, found.version(), wanted)
                            : versions
                                .root(session, scope, found.version())
                                .flatMap(
                                    root ->
                                        trees.with(
                                            scope,
                                            tree -> new ListingWalk(tree, root, wanted).list())))
                .flatMap(found -> marked(session, scope, found)));
  }

  private Uni<FileListing> marked(Mutiny.Session session, ProjectScope scope, Found found) {
    return erased
        .marked(session, scope, found.files())
        .map(items -> new FileListing(items, found.folders(), found.total(), found.nextCursor()));
  }

  private Uni<Found> plain(
      Mutiny.Session session, ProjectScope scope, Version version, ListingRequest wanted) {
    return files
        .page(session, scope, version.fileSet(), wanted.prefix(), wanted.page())
        .map((List<VersionFile> rows) -> Page.of(rows, wanted.page(), VersionFile::path))
        .map(page -> new Found(page.items(), null, version.files(), page.nextCursor()));
  }
}
