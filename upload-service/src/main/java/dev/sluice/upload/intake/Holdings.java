package dev.sluice.upload.intake;

import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalog says about contents that are announced, and about the project's room.
 *
 * @param objects held with the announced digests
 * @param sizes that some object of the project has, among those asked for
 * @param usedBytes of the project's objects
 * @param quotaBytes that the project may have; empty for no limit
 * @param blocked why announced contents were erased and must not come back, by SHA-256
 * @param draft what the draft has under the paths that were asked for; empty when nobody knows
 */
public record Holdings(
    List<Holding> objects,
    Set<Long> sizes,
    long usedBytes,
    Optional<Long> quotaBytes,
    Map<String, String> blocked,
    Optional<DraftFiles> draft) {
  /** Nothing is known: every file is sent, and no limit is checked. */
  public static final Holdings UNKNOWN =
      new Holdings(List.of(), Set.of(), 0, Optional.empty(), Map.of(), Optional.empty());

  public Holdings {
    objects = List.copyOf(objects);
    sizes = Set.copyOf(sizes);
    blocked = Map.copyOf(blocked);
  }

  /**
   * Files of a draft as the catalog knows them.
   *
   * @param digests SHA-256 by path of what is there
   * @param removed paths that are known to be taken out
   * @param editedAt when people last changed the draft by other means than uploads
   */
  public record DraftFiles(
      Map<FilePath, String> digests, Set<FilePath> removed, Optional<Instant> editedAt) {
    public DraftFiles {
      digests = Map.copyOf(digests);
      removed = Set.copyOf(removed);
    }

    private boolean has(FilePath path, Optional<String> sha256, Instant completedAt) {
      String there = digests.get(path);
      return there == null
          ? !removed.contains(path) && editedAt.filter(completedAt::isBefore).isEmpty()
          : sha256.isEmpty() || sha256.get().equals(there);
    }
  }

  /**
   * Whether a file that was uploaded into the draft is still there: people may have removed, moved
   * or replaced it since. A file that the catalog does not know is on its way there, unless people
   * edited the draft after it was completed.
   */
  public boolean stillHas(FilePath path, Optional<String> sha256, Instant completedAt) {
    return draft.map(files -> files.has(path, sha256, completedAt)).orElse(true);
  }

  /** Why the content must not come in, if it is known to be one that was erased and blocked. */
  public Optional<String> refusalOf(FileContent content) {
    return content.sha256().map(blocked::get);
  }

  /** The same, for whoever sends files in spite of it and has them left out when they are read. */
  public Holdings withoutBlocks() {
    return new Holdings(objects, sizes, usedBytes, quotaBytes, Map.of(), draft);
  }

  /** The object with this content, if its digest is known and the project has it. */
  public Optional<Holding> of(FileContent content) {
    return content
        .sha256()
        .flatMap(
            sha256 ->
                objects.stream()
                    .filter(o -> o.sha256().equals(sha256) && o.size() == content.size())
                    .findFirst());
  }
}
