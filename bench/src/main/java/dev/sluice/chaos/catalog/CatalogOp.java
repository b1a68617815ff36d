package dev.sluice.chaos.catalog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a writer asks of the catalog about one dataset. */
sealed interface CatalogOp {
  /** A draft, with the files of a version when {@code parent} is not 0. */
  record Open(int parent) implements CatalogOp {}

  /** Edits of a draft, all or none. */
  record Edit(int version, List<Step> steps) implements CatalogOp {
    String lines() {
      return steps.stream().map(Step::lines).collect(Collectors.joining("\n"));
    }
  }

  /** One file leaves a draft. */
  record Remove(int version, String path) implements CatalogOp {}

  record Seal(int version, int files) implements CatalogOp {}

  record Release(int version, String reason) implements CatalogOp {}

  record Withdraw(int version, boolean forced, String reason) implements CatalogOp {}

  record Drop(int version, String reason) implements CatalogOp {}

  /** Points a name at a version; {@code expected} 0 says nothing about where it points now. */
  record Point(boolean tag, String name, int to, int expected, boolean move, String reason)
      implements CatalogOp {}

  record Unpoint(boolean tag, String name, String reason) implements CatalogOp {}

  /** Brings into a draft what another version did; an empty resolution refuses conflicts. */
  record Merge(int into, int from, String resolution) implements CatalogOp {}

  record Restore(int into, int from, String prefix) implements CatalogOp {}

  record Rollback(int to) implements CatalogOp {}

  record Clone(int of, String name) implements CatalogOp {}

  record Delete(String reason) implements CatalogOp {}

  record Undelete(String reason) implements CatalogOp {}

  /** An edit. */
  sealed interface Step {
    String lines();

    record Put(String path, int content) implements Step {
      @Override
      public String lines() {
        return "{\"op\":\"put\",\"path\":\"%s\",\"sha256\":\"%s\",\"size\":%d}"
            .formatted(path, Contents.sha256(content), Contents.size(content));
      }
    }

    /** So many files of one content. */
    record PutMany(int first, int count, int content) implements Step {
      List<Put> all() {
        return IntStream.range(first, first + count)
            .mapToObj(i -> new Put("many/%04d".formatted(i), content))
            .toList();
      }

      @Override
      public String lines() {
        return all().stream().map(Put::lines).collect(Collectors.joining("\n"));
      }
    }

    record Take(String path) implements Step {
      @Override
      public String lines() {
        return "{\"op\":\"remove\",\"path\":\"%s\"}".formatted(path);
      }
    }

    record Move(String path, String to) implements Step {
      @Override
      public String lines() {
        return "{\"op\":\"move\",\"path\":\"%s\",\"to\":\"%s\"}".formatted(path, to);
      }
    }
  }
}
