package dev.sluice.upload.intake;

import dev.sluice.upload.file.FileContent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalog says about contents that are announced, and about the project's room.
 *
 * @param objects held with the announced digests
 * @param sizes that some object of the project has, among those asked for
 * @param usedBytes of the project's objects
 * @param quotaBytes that the project may have; empty for no limit
 */
public record Holdings(
    List<Holding> objects, Set<Long> sizes, long usedBytes, Optional<Long> quotaBytes) {
  /** Nothing is known: every file is sent, and no limit is checked. */
  public static final Holdings UNKNOWN = new Holdings(List.of(), Set.of(), 0, Optional.empty());

  public Holdings {
    objects = List.copyOf(objects);
    sizes = Set.copyOf(sizes);
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
