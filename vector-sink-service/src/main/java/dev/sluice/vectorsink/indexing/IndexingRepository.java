package dev.sluice.vectorsink.indexing;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.vectorsink.VersionLabel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code indexing}, as callers see it. */
@ApplicationScoped
class IndexingRepository {
  private static final String KEY_SEPARATOR = "/";

  Uni<Optional<Indexing>> find(
      Mutiny.Session session, ProjectScope scope, String dataset, VersionLabel version) {
    return session
        .createQuery(
            """
            from IndexingEntity i
            where i.project = :project and i.dataset = :dataset and i.version = :version
            """,
            IndexingEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset)
        .setParameter("version", version.number())
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(IndexingEntity::toIndexing));
  }

  /** The newest version that can be searched. */
  Uni<Optional<Indexing>> newestIndexed(
      Mutiny.Session session, ProjectScope scope, String dataset) {
    return newest(session, scope, dataset, "and i.state = 'indexed'");
  }

  /** The newest version that anybody asked for, in any state. */
  Uni<Optional<Indexing>> newest(Mutiny.Session session, ProjectScope scope, String dataset) {
    return newest(session, scope, dataset, "");
  }

  private static Uni<Optional<Indexing>> newest(
      Mutiny.Session session, ProjectScope scope, String dataset, String condition) {
    return session
        .createQuery(
            "from IndexingEntity i where i.project = :project and i.dataset = :dataset "
                + condition
                + " order by i.version desc",
            IndexingEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset)
        .setMaxResults(1)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(IndexingEntity::toIndexing));
  }

  /** Indexings by dataset and version; of one dataset, or of all when it is empty. */
  Uni<List<Indexing>> page(
      Mutiny.Session session, ProjectScope scope, String dataset, PageRequest page) {
    int cut = page.after().lastIndexOf(KEY_SEPARATOR);
    return session
        .createQuery(
            """
            from IndexingEntity i
            where i.project = :project and (:dataset = '' or i.dataset = :dataset)
              and (i.dataset > :afterDataset
                or (i.dataset = :afterDataset and i.version > :afterVersion))
            order by i.dataset, i.version
            """,
            IndexingEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset)
        .setParameter("afterDataset", cut < 0 ? "" : page.after().substring(0, cut))
        .setParameter("afterVersion", cut < 0 ? 0 : numberIn(page.after().substring(cut + 1)))
        .setMaxResults(page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(IndexingEntity::toIndexing).toList());
  }

  /** The keyset value of {@link #page}. */
  static String keyOf(Indexing indexing) {
    return indexing.key().dataset() + KEY_SEPARATOR + indexing.version().number();
  }

  private static int numberIn(String text) {
    return VersionLabel.of("v" + text).number();
  }

  /** Contents whose texts must not come into an index again. */
  Uni<List<String>> erased(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            "select sha256 from {h-schema}erased_source where project = :project", String.class)
        .setParameter("project", scope.project())
        .getResultList();
  }

  /** The versions of a dataset that can be searched under a recipe. */
  Uni<List<Integer>> indexedVersions(
      Mutiny.Session session, ProjectScope scope, UUID datasetId, String recipeDigest) {
    return session
        .createQuery(
            """
            select i.version from IndexingEntity i
            where i.project = :project and i.datasetId = :dataset
              and i.recipeDigest = :recipe and i.state = 'indexed'
            """,
            Integer.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .setParameter("recipe", recipeDigest)
        .getResultList();
  }
}
