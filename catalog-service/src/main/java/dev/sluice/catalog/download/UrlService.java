package dev.sluice.catalog.download;

import dev.sluice.catalog.download.FileWalk.Found;
import dev.sluice.catalog.file.ErasedFilesService;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.ListedFile;
import dev.sluice.catalog.file.TreeService;
import dev.sluice.catalog.version.DownloadConfig;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionOfDataset;
import dev.sluice.catalog.version.VersionTreeService;
import dev.sluice.events.VersionRef;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.http.Cursor;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Signs addresses of many files of a version at once. */
@ApplicationScoped
class UrlService {
  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final VersionTreeService versions;
  private final FileSetService files;
  private final TreeService trees;
  private final ErasedFilesService erased;
  private final ObjectStore store;
  private final DownloadConfig config;
  private final Clock clock;

  UrlService(
      Transactions transactions,
      VersionLookupService lookup,
      VersionTreeService versions,
      FileSetService files,
      TreeService trees,
      ErasedFilesService erased,
      ObjectStore store,
      DownloadConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.versions = versions;
    this.files = files;
    this.trees = trees;
    this.erased = erased;
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /** A page of addresses; what is missing or erased is said in its place. */
  Uni<UrlPage> urls(ProjectScope scope, VersionRef name, UrlRequest request) {
    List<String> paths = request.named();
    return transactions
        .reading(
            session ->
                lookup
                    .get(session, scope, name.dataset(), name.version())
                    .flatMap(
                        found ->
                            paths == null
                                ? matching(session, scope, found, request)
                                : named(session, scope, found, paths)))
        .flatMap(answer -> Contexts.blocking(() -> signed(scope, answer)));
  }

  private Uni<Answer> matching(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset found, UrlRequest request) {
    Selection wanted = request.selection();
    int limit = request.checkedLimit();
    String after = request.after();
    return versions
        .root(session, scope, found.version())
        .flatMap(
            root -> trees.with(scope, tree -> new FileWalk(tree, root, wanted).page(after, limit)))
        .flatMap(page -> answer(session, scope, page, List.of()));
  }

  private Uni<Answer> named(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset found, List<String> paths) {
    return files
        .find(session, scope, found.version().fileSet(), paths)
        .flatMap(
            there ->
                answer(
                    session,
                    scope,
                    new Found(
                        paths.stream().map(there::get).filter(Objects::nonNull).toList(), null),
                    paths));
  }

  private Uni<Answer> answer(
      Mutiny.Session session, ProjectScope scope, Found page, List<String> paths) {
    return erased
        .marked(session, scope, page.files())
        .map(marked -> new Answer(marked, paths, page.next()));
  }

  private UrlPage signed(ProjectScope scope, Answer answer) {
    String bucket = store.bucketOf(scope.project());
    Instant end = clock.instant().plus(config.validFor());
    Map<String, UrlPage.Item> byPath = new HashMap<>();
    List<UrlPage.Item> items = new ArrayList<>();
    for (ListedFile file : answer.files()) {
      UrlPage.Item item = signed(bucket, file, end);
      items.add(item);
      byPath.put(item.path(), item);
    }
    if (!answer.paths().isEmpty()) {
      items =
          answer.paths().stream().map(path -> byPath.getOrDefault(path, missing(path))).toList();
    }
    String next = answer.next();
    return new UrlPage(items, next == null ? null : Cursor.encode(next));
  }

  private UrlPage.Item signed(String bucket, ListedFile file, Instant end) {
    if (Boolean.TRUE.equals(file.erased())) {
      return new UrlPage.Item(file.path(), file.size(), file.sha256(), null, null, "file-erased");
    }
    String url = store.presignGet(bucket, file.objectKey(), config.validFor());
    return new UrlPage.Item(file.path(), file.size(), file.sha256(), url, end, null);
  }

  private static UrlPage.Item missing(String path) {
    return new UrlPage.Item(path, null, null, null, null, "file-not-found");
  }

  /**
   * Files that were found.
   *
   * @param paths that were asked for by name; empty when files were searched
   */
  private record Answer(List<ListedFile> files, List<String> paths, @Nullable String next) {}
}
