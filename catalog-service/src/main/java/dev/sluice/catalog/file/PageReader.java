package dev.sluice.catalog.file;

import dev.sluice.support.http.PageRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** Walks over all files of a version, a page at a time, only as fast as they are taken. */
public final class PageReader {
  private final Function<PageRequest, Uni<List<VersionFile>>> fetch;

  /**
   * @param fetch a page, which may have a row more than its limit
   */
  public PageReader(Function<PageRequest, Uni<List<VersionFile>>> fetch) {
    this.fetch = fetch;
  }

  /** The pages, none of them empty. */
  public Multi<List<VersionFile>> pages() {
    return Multi.createBy()
        .repeating()
        .uni(Walk::new, walk -> walk.next(fetch))
        .whilst(page -> page.size() > PageRequest.MAX_LIMIT)
        .map(page -> page.subList(0, Math.min(page.size(), PageRequest.MAX_LIMIT)))
        .filter(page -> !page.isEmpty());
  }

  /** Where the reader is. */
  private static final class Walk {
    private String after = "";

    Uni<List<VersionFile>> next(Function<PageRequest, Uni<List<VersionFile>>> fetch) {
      return fetch.apply(new PageRequest(PageRequest.MAX_LIMIT, after)).invoke(this::remember);
    }

    private void remember(List<VersionFile> page) {
      if (page.size() > PageRequest.MAX_LIMIT) {
        after = page.get(PageRequest.MAX_LIMIT - 1).path();
      }
    }
  }
}
