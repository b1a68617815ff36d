package dev.sluice.catalog.retention;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A version whose content is final, as a rule looks at it.
 *
 * @param place 1 is the newest of those that are sealed or released
 * @param since when it came into its state
 * @param names aliases and tags that point at it
 * @param drafts open drafts that began with it or are made from it
 */
record Candidate(
    UUID id,
    int number,
    String state,
    long files,
    long bytes,
    int place,
    Instant sealedAt,
    Instant since,
    List<String> names,
    List<String> drafts) {
  Candidate {
    names = List.copyOf(names);
    drafts = List.copyOf(drafts);
  }
}
