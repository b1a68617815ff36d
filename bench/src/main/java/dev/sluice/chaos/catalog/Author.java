package dev.sluice.chaos.catalog;

import dev.sluice.chaos.catalog.CatalogOp.Step;
import dev.sluice.chaos.catalog.LineModel.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Thinks of what a writer does next. */
final class Author {
  private static final List<String> PATHS =
      List.of("a/1", "a/2", "a/3", "a/4", "b/1", "b/2", "b/3", "c.txt", "ä/ö.txt", "z");
  private static final List<String> PREFIXES = List.of("", "a/", "b/", "many/");
  private static final List<String> ALIASES = List.of("prod", "test");
  private static final int MANY = 300;

  private final Random random;
  private int reasons;
  private int clones;

  Author(Random random) {
    this.random = random;
  }

  /** Something to do, sensible mostly. */
  CatalogOp next(LineModel line) {
    if (line.trashed) {
      return new CatalogOp.Undelete(reason());
    }
    int draft = line.draft();
    return draft > 0 ? onDraft(line, draft) : onLine(line);
  }

  private CatalogOp onLine(LineModel line) {
    int some = number(line);
    int kind = random.nextInt(20);
    if (line.versions.isEmpty() || kind < 10) {
      return new CatalogOp.Open(random.nextInt(4) == 0 ? 0 : usable(line));
    }
    return switch (kind) {
      case 10, 11 -> new CatalogOp.Rollback(some);
      case 12 -> new CatalogOp.Clone(some, line.dataset + "-c" + ++clones);
      case 13 -> new CatalogOp.Delete(reason());
      default -> onNames(line, some);
    };
  }

  private CatalogOp onNames(LineModel line, int some) {
    String alias = ALIASES.get(random.nextInt(ALIASES.size()));
    LineModel.Name there = line.names.get(alias);
    return switch (random.nextInt(8)) {
      case 0 -> new CatalogOp.Release(some, reason());
      case 1 -> new CatalogOp.Withdraw(some, random.nextBoolean(), reason());
      case 2 -> new CatalogOp.Point(true, "mark", some, 0, random.nextBoolean(), reason());
      case 3 -> new CatalogOp.Unpoint(false, alias, reason());
      default ->
          new CatalogOp.Point(
              false,
              alias,
              some,
              there == null || random.nextInt(6) == 0 ? random.nextInt(2) : there.to(),
              false,
              reason());
    };
  }

  private CatalogOp onDraft(LineModel line, int draft) {
    Version version = java.util.Objects.requireNonNull(line.versions.get(draft));
    int some = number(line);
    int kind = random.nextInt(24);
    if (version.files().isEmpty() || kind < 9) {
      return new CatalogOp.Edit(draft, steps(version));
    }
    return switch (kind) {
      case 9, 10 -> new CatalogOp.Remove(draft, path());
      case 11, 12, 13, 14, 15, 16 ->
          new CatalogOp.Seal(draft, version.files().size() + (random.nextInt(8) == 0 ? 1 : 0));
      case 17 ->
          some == draft
              ? new CatalogOp.Edit(draft, steps(version))
              : new CatalogOp.Restore(draft, some, PREFIXES.get(random.nextInt(PREFIXES.size())));
      case 18, 19 ->
          some == draft
              ? new CatalogOp.Edit(draft, steps(version))
              : new CatalogOp.Merge(
                  draft, some, List.of("", "ours", "theirs").get(random.nextInt(3)));
      case 20 -> new CatalogOp.Drop(draft, reason());
      case 21 -> random.nextBoolean() ? new CatalogOp.Open(0) : new CatalogOp.Delete(reason());
      default -> onNames(line, some);
    };
  }

  private List<Step> steps(Version version) {
    List<Step> steps = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      steps.add(
          new Step.PutMany(
              random.nextInt(MANY), 1 + random.nextInt(MANY), random.nextInt(Contents.COUNT)));
    }
    List<String> there = List.copyOf(version.files().keySet());
    for (int i = random.nextInt(3); i >= 0; i--) {
      String known = there.isEmpty() ? path() : there.get(random.nextInt(there.size()));
      steps.add(
          switch (random.nextInt(8)) {
            case 0 -> new Step.Take(random.nextInt(4) == 0 ? path() : known);
            case 1 -> new Step.Move(known, path());
            default -> new Step.Put(path(), random.nextInt(Contents.COUNT));
          });
    }
    return List.copyOf(steps);
  }

  private String path() {
    return PATHS.get(random.nextInt(PATHS.size()));
  }

  private int number(LineModel line) {
    return line.versions.isEmpty() ? 1 : 1 + random.nextInt(line.versions.lastKey());
  }

  private int usable(LineModel line) {
    List<Integer> all =
        line.versions.entrySet().stream()
            .filter(e -> e.getValue().usable())
            .map(Map.Entry::getKey)
            .toList();
    return all.isEmpty() ? 0 : all.get(random.nextInt(all.size()));
  }

  private String reason() {
    return "why-" + ++reasons;
  }
}
