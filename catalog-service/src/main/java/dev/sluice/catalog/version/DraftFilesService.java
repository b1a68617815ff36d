package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Puts files into locked drafts and keeps the figures right, within the caller's transaction. */
@ApplicationScoped
public class DraftFilesService {
  private final VersionRepository versions;
  private final FileSetService files;

  DraftFilesService(VersionRepository versions, FileSetService files) {
    this.versions = versions;
    this.files = files;
  }

  /** The version of a fact, in whatever state, locked; empty when the project has none. */
  public Uni<Optional<Version>> lock(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionNumber number) {
    return versions.lock(session, scope, dataset, number).map(Optional::ofNullable);
  }

  /** Puts a file into a locked draft; 409 when its path would be file and folder at once. */
  public Uni<Void> put(
      Mutiny.Session session, ProjectScope scope, Version draft, VersionFile file) {
    return files
        .put(session, scope, draft.fileSet(), file)
        .flatMap(added -> versions.save(session, scope, draft.changedBy(added)));
  }

  /** Puts files of different paths that do not conflict into a locked draft. */
  public Uni<Void> putMany(
      Mutiny.Session session, ProjectScope scope, Version draft, List<VersionFile> many) {
    return files
        .putMany(session, scope, draft.fileSet(), many)
        .flatMap(added -> versions.save(session, scope, draft.changedBy(added)));
  }
}
