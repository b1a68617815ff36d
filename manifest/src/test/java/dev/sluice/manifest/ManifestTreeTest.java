package dev.sluice.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Trees say what a sorted map says, and the same files make the same tree. */
class ManifestTreeTest {
  private final CountingNodes store = new CountingNodes();
  private final ManifestTree tree = new ManifestTree(store, new InnerCache(100));

  @Property(tries = 200)
  void historiesEndAtTheTreeOfTheirFiles(@ForAll long seed, @ForAll @IntRange(max = 4_000) int n) {
    // Given
    Random random = new Random(seed);
    NavigableMap<PathKey, Entry> files = Files.some(n, random);
    Digest root = build(files);

    for (int step = 0; step < 6; step++) {
      // When
      TreeMap<PathKey, Entry> before = new TreeMap<>(files);
      List<Change> edits = Files.edits(files, 1 + random.nextInt(1 << (2 * step)), random);
      Files.apply(files, edits);
      Digest edited = tree.apply(root, edits);

      // Then
      assertThat(content(edited)).isEqualTo(content(build(files)));
      assertThat(edited).isEqualTo(build(files));
      assertThat(list(tree.entries(edited))).hasSameSizeAs(files.values());
      assertThat(shown(tree.differences(root, edited))).isEqualTo(expected(before, files));
      assertThat(shown(tree.differences(edited, root))).isEqualTo(expected(files, before));
      assertReads(files, edited, random);
      root = edited;
    }
  }

  @Property(tries = 30)
  void differencesOfFarVersionsAreThoseOfTheirFiles(@ForAll long seed) {
    // Given
    Random random = new Random(seed);
    NavigableMap<PathKey, Entry> files = Files.some(3_000, random);
    List<Digest> roots = new ArrayList<>(List.of(build(files)));
    List<TreeMap<PathKey, Entry>> versions = new ArrayList<>(List.of(new TreeMap<>(files)));

    // When
    for (int version = 0; version < 45; version++) {
      List<Change> edits = Files.edits(files, 5, random);
      Files.apply(files, edits);
      roots.add(tree.apply(roots.getLast(), edits));
      versions.add(new TreeMap<>(files));
    }

    // Then
    for (int i = 0; i < 20; i++) {
      int a = random.nextInt(versions.size());
      int b = random.nextInt(versions.size());
      assertThat(shown(tree.differences(roots.get(a), roots.get(b))))
          .isEqualTo(expected(versions.get(a), versions.get(b)));
      PathKey behind = PathKey.of(Files.path(random, 12_000));
      assertThat(shown(tree.differences(roots.get(a), roots.get(b), behind)))
          .isEqualTo(
              expected(
                  versions.get(a).tailMap(behind, false), versions.get(b).tailMap(behind, false)));
    }
  }

  @Test
  void readsAndWritesOnlyWhatAnEditTouches() {
    // Given
    NavigableMap<PathKey, Entry> files = Files.some(50_000, new Random(7));
    Digest root = build(files);
    int before = store.size();
    store.loaded = 0;

    // When
    tree.apply(root, List.of(Change.put(Files.file("folder-050/new.txt", 1))));

    // Then
    assertThat(store.size() - before).isLessThanOrEqualTo(6);
    assertThat(store.loaded).isLessThanOrEqualTo(8);
  }

  @Property(tries = 60)
  void findsEachFileAndNoOtherInPartsOfLeaves(@ForAll long seed) {
    // Given
    Random random = new Random(seed);
    NavigableMap<PathKey, Entry> files = Files.some(1 + random.nextInt(3_000), random);
    Digest root = build(files);

    for (int again = 0; again < 2; again++) {
      for (int i = 0; i < 300; i++) {
        // When
        PathKey path = PathKey.of(Files.path(random, files.size() * 4));
        PathKey shorter = PathKey.of(path.toString().substring(0, 1 + random.nextInt(8)));

        // Then
        assertThat(tree.find(root, path).orElse(null)).isEqualTo(files.get(path));
        assertThat(tree.find(root, shorter)).isEmpty();
        assertThat(tree.find(root, path.next())).isEmpty();
      }
    }
    files.forEach((path, file) -> assertThat(tree.find(root, path)).contains(file));
  }

  @Test
  void readsPartOfLeafThatWasReadBefore() {
    // Given
    NavigableMap<PathKey, Entry> files = Files.some(20_000, new Random(3));
    Digest root = build(files);
    PathKey path = files.keySet().stream().skip(7_000).findFirst().orElseThrow();
    tree.find(root, path);
    store.bytesRead = 0;

    // When
    Optional<Entry> found = tree.find(root, path);

    // Then
    assertThat(found).contains(files.get(path));
    assertThat(store.bytesRead).isBetween(50, 6_000);
  }

  @Test
  void readsLeafAnewThatCameAgainInOtherBytes() {
    // Given
    NavigableMap<PathKey, Entry> files = Files.some(2_000, new Random(5));
    Digest root = build(files);
    PathKey path = files.firstKey();
    tree.find(root, path);

    // When
    NavigableMap<PathKey, Entry> moved = new TreeMap<>();
    files.forEach((key, file) -> moved.put(key, Files.elsewhere(file)));
    store.forget();
    Digest again = build(moved);

    // Then
    assertThat(again).isEqualTo(root);
    moved.forEach((key, file) -> assertThat(tree.find(root, key)).contains(file));
  }

  @Test
  void makesSameTreeOnOtherThreads() {
    // Given
    NavigableMap<PathKey, Entry> files = Files.some(60_000, new Random(13));
    TreeBuilder builder = tree.builder(Runnable::run);

    // When
    files.values().forEach(builder::add);

    // Then
    assertThat(builder.root()).isEqualTo(build(files));
  }

  @Test
  void storesVersionsOfFewEditsInLittleMoreThanOne() {
    // Given
    Random random = new Random(11);
    NavigableMap<PathKey, Entry> files = Files.some(60_000, random);
    Digest root = build(files);
    long one = store.bytes();

    // When
    for (int version = 1; version < 20; version++) {
      TreeMap<PathKey, Change> edits = new TreeMap<>();
      List<PathKey> paths = List.copyOf(files.keySet());
      while (edits.size() < files.size() / 100) {
        Entry edit =
            Files.file(
                paths.get(random.nextInt(paths.size())).toString(), random.nextInt(1_000_000));
        edits.put(edit.path(), Change.put(edit));
        files.put(edit.path(), edit);
      }
      root = tree.apply(root, List.copyOf(edits.values()));
    }

    // Then
    assertThat(store.bytes()).isLessThan(one * 16 / 10);
    assertThat(root).isEqualTo(build(files));
  }

  @Test
  void estimatesWhatDuplicatesCouldSpare() {
    // Given
    TreeMap<PathKey, Entry> files = new TreeMap<>();
    for (int i = 0; i < 100_000; i++) {
      Entry file = Files.file("f/%06d".formatted(i), i / 2);
      files.put(file.path(), file);
    }

    // When
    Summary summary = tree.summary(build(files));

    // Then
    assertThat(summary.files()).isEqualTo(100_000);
    assertThat(summary.bytes()).isEqualTo(files.values().stream().mapToLong(Entry::size).sum());
    assertThat(summary.mediaTypes().keySet()).containsExactly("image/png", "text/plain");
    assertThat(summary.sample().spare()).isBetween(0.45, 0.55);
  }

  @Test
  void refusesFilesOutOfOrder() {
    // Given
    TreeBuilder builder = tree.builder();
    builder.add(Files.file("b", 1));

    // When, then
    assertThatThrownBy(() -> builder.add(Files.file("a", 1)))
        .hasMessageContaining("a does not follow b");
  }

  private void assertReads(NavigableMap<PathKey, Entry> files, Digest root, Random random) {
    PathKey key = PathKey.of(Files.path(random, files.size() * 4));
    assertThat(tree.find(root, key).orElse(null)).isEqualTo(files.get(key));
    assertThat(tree.rank(root, key)).isEqualTo(files.headMap(key).size());
    assertThat(first(tree.entries(root, key, 10))).isEqualTo(first(files.tailMap(key).values()));
    long number = random.nextInt(files.size() + 1);
    assertThat(tree.page(root, number, 10))
        .isEqualTo(files.values().stream().skip(number).limit(10).toList());
    assertThat(tree.summary(root).files()).isEqualTo(files.size());
    assertThat(tree.summary(root).bytes())
        .isEqualTo(files.values().stream().mapToLong(Entry::size).sum());
  }

  private Digest build(Map<PathKey, Entry> files) {
    TreeBuilder builder = tree.builder();
    files.values().forEach(builder::add);
    return builder.root();
  }

  private String content(Digest root) {
    StringBuilder text = new StringBuilder();
    tree.entries(root)
        .forEachRemaining(e -> text.append(e.path()).append(' ').append(e.sha256()).append('\n'));
    return text.toString();
  }

  private static List<Entry> first(Collection<Entry> files) {
    return files.stream().limit(10).toList();
  }

  private static List<Entry> first(Iterator<Entry> files) {
    List<Entry> first = new ArrayList<>();
    while (first.size() < 10 && files.hasNext()) {
      first.add(files.next());
    }
    return first;
  }

  private static <T> List<T> list(Iterator<T> all) {
    List<T> list = new ArrayList<>();
    all.forEachRemaining(list::add);
    return list;
  }

  private static List<String> shown(Iterator<Difference> differences) {
    List<String> shown = new ArrayList<>();
    differences.forEachRemaining(
        d ->
            shown.add(
                switch (d) {
                  case Added a -> "+" + a.path() + Content.of(a.entry());
                  case Removed r -> "-" + r.path() + r.was();
                  case Changed c -> "!" + c.path() + c.was() + Content.of(c.entry());
                }));
    return shown;
  }

  private static List<String> expected(Map<PathKey, Entry> from, Map<PathKey, Entry> to) {
    TreeMap<PathKey, String> all = new TreeMap<>();
    from.forEach((path, was) -> all.put(path, "-" + path + Content.of(was)));
    to.forEach(
        (path, now) -> {
          Entry was = from.get(path);
          if (was == null) {
            all.put(path, "+" + path + Content.of(now));
          } else if (was.sameContent(now)) {
            all.remove(path);
          } else {
            all.put(path, "!" + path + Content.of(was) + Content.of(now));
          }
        });
    return List.copyOf(all.values());
  }

  /** Counts what is read. */
  private static final class CountingNodes implements NodeStore {
    private MemoryNodes memory = new MemoryNodes();
    private int loaded;
    private int bytesRead;
    private int lost;

    /** Loses all nodes. */
    void forget() {
      memory = new MemoryNodes();
      lost++;
    }

    @Override
    public MarkedNode loadMarked(UUID id) {
      return new MarkedNode(load(List.of(id)).getFirst(), lost);
    }

    @Override
    public byte @Nullable [] loadPart(UUID id, long mark, int from, int count) {
      bytesRead += count;
      return mark == lost ? memory.loadPart(id, mark, from, count) : null;
    }

    @Override
    public List<StoredNode> load(Collection<UUID> ids) {
      List<StoredNode> found = memory.load(ids);
      loaded += found.size();
      found.forEach(node -> bytesRead += node.body().length);
      return found;
    }

    @Override
    public List<StoredNode> loadChains(Collection<UUID> ids) {
      List<StoredNode> found = memory.loadChains(ids);
      loaded += found.size();
      return found;
    }

    @Override
    public void save(List<StoredNode> nodes) {
      memory.save(nodes);
    }

    int size() {
      return memory.size();
    }

    long bytes() {
      return memory.bytes();
    }
  }
}
