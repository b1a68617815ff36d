package dev.sluice.catalog.file;

import dev.sluice.catalog.file.FileProblem.FileErased;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Which files have lost their bytes for good, within the caller's transaction. */
@ApplicationScoped
public class ErasedFilesService {
  private final ErasedRepository erased;

  ErasedFilesService(ErasedRepository erased) {
    this.erased = erased;
  }

  /** The files, saying of each whether its bytes were erased. */
  public Uni<List<ListedFile>> marked(
      Mutiny.Session session, ProjectScope scope, List<VersionFile> files) {
    List<String> digests = files.stream().map(VersionFile::sha256).distinct().toList();
    return erased
        .objects(session, scope, digests)
        .map(
            gone ->
                files.stream()
                    .map(file -> ListedFile.of(file, gone.containsKey(file.objectKey())))
                    .toList());
  }

  /**
   * The file, when its bytes are there.
   *
   * @throws dev.sluice.support.problem.ProblemException 410 when they were erased
   */
  public Uni<VersionFile> present(Mutiny.Session session, ProjectScope scope, VersionFile file) {
    return erased
        .objects(session, scope, List.of(file.sha256()))
        .map(
            gone -> {
              Instant at = gone.get(file.objectKey());
              if (at != null) {
                throw new FileErased(file.path(), at).exception();
              }
              return file;
            });
  }
}
