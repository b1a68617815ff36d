package dev.sluice.processing.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what attempts have left behind: blocks, manifests and files that are not of the winner.
 * The catalog does not know them, so its garbage collection cannot find them.
 */
@ApplicationScoped
public class SweepService {
  private final ObjectStore store;
  private final ObjectMapper json;

  SweepService(ObjectStore store, ObjectMapper json) {
    this.store = store;
    this.json = json;
  }

  /**
   * Removes the objects below a run's output, once no attempt writes any more.
   *
   * @param winner key of the manifest whose files stay, and itself with them; empty when none did
   */
  public Uni<Void> sweep(String bucket, String keyPrefix, Optional<String> winner) {
    return Contexts.blocking(
            () -> {
              Set<String> kept = winner.map(key -> named(bucket, key)).orElseGet(Set::of);
              return swept(bucket, keyPrefix, kept);
            })
        .replaceWithVoid();
  }

  private Set<String> named(String bucket, String manifestKey) {
    try (InputStream in = store.open(bucket, manifestKey, 0)) {
      OutputManifest manifest = json.readValue(in, OutputManifest.class);
      Set<String> keys = manifest.keys();
      keys.add(manifestKey);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int swept(String bucket, String keyPrefix, Set<String> kept) {
    int removed = 0;
    String after = "";
    List<String> page = store.listNow(bucket, keyPrefix, after);
    while (!page.isEmpty()) {
      List<String> leftovers = page.stream().filter(key -> !kept.contains(key)).toList();
      store.deleteNow(bucket, leftovers);
      removed += leftovers.size();
      after = page.getLast();
      page = store.listNow(bucket, keyPrefix, after);
    }
    return removed;
  }
}
