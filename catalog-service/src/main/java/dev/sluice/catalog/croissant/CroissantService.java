package dev.sluice.catalog.croissant;

import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.PageReader;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.lineage.ColumnsService;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionOfDataset;
import dev.sluice.catalog.version.VersionProblem.VersionNotSealed;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Describes a sealed version. What it holds of one is bounded: so many files by name, or of a
 * larger version the patterns of its paths, however many there are.
 */
@ApplicationScoped
class CroissantService {
  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final FileSetService files;
  private final ColumnsService columns;
  private final CroissantConfig config;

  CroissantService(
      Transactions transactions,
      VersionLookupService lookup,
      FileSetService files,
      ColumnsService columns,
      CroissantConfig config) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.files = files;
    this.columns = columns;
    this.config = config;
  }

  /**
   * The description, JSON in UTF-8; 409 for a draft.
   *
   * @param datasets address of the project's datasets
   */
  Uni<byte[]> describe(ProjectScope scope, VersionRef name, String datasets) {
    return transactions
        .reading(
            session ->
                lookup
                    .get(session, scope, name.dataset(), name.version())
                    .flatMap(
                        found ->
                            columns
                                .of(session, scope, found.version().id())
                                .map(known -> new Described(found, new Rows(known)))))
        .flatMap(described -> described(scope, described.version(), described.rows(), datasets));
  }

  /** A version and what is known of its tables. */
  private record Described(VersionOfDataset version, Rows rows) {}

  private Uni<byte[]> described(
      ProjectScope scope, VersionOfDataset found, Rows rows, String datasets) {
    if (!(found.version().state() instanceof Final state)) {
      throw new VersionNotSealed(found.dataset().name(), found.number()).exception();
    }
    String url = datasets + "/" + found.dataset().name() + "/versions/" + found.number();
    Croissant croissant = new Croissant(found.dataset(), found.version(), state.seal(), url, rows);
    Uni<byte[]> middle =
        found.version().files() > config.mostFiles()
            ? sets(scope, found, croissant)
            : files(scope, found, croissant);
    return middle.map(croissant::around);
  }

  private Uni<byte[]> files(ProjectScope scope, VersionOfDataset found, Croissant croissant) {
    return pages(scope, found)
        .onItem()
        .<VersionFile>transformToIterable(page -> page)
        .collect()
        .asList()
        .map(croissant::files);
  }

  private Uni<byte[]> sets(ProjectScope scope, VersionOfDataset found, Croissant croissant) {
    return pages(scope, found).collect().in(Sets::new, Sets::add).map(croissant::sets);
  }

  private Multi<List<VersionFile>> pages(ProjectScope scope, VersionOfDataset found) {
    return new PageReader(
            page ->
                transactions.reading(
                    session -> files.page(session, scope, found.version().fileSet(), "", page)))
        .pages();
  }
}
