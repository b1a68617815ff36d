package dev.sluice.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Walks a list page by page, asking for the next page only when it is needed. */
final class Cursor<T> implements Iterator<T> {

  private final Function<@Nullable String, Page<T>> pages;
  private final Deque<T> here = new ArrayDeque<>();
  private @Nullable String next;
  private boolean started;

  private Cursor(Function<@Nullable String, Page<T>> pages) {
    this.pages = pages;
  }

  static <T> Stream<T> stream(Function<@Nullable String, Page<T>> pages) {
    Spliterator<T> items =
        Spliterators.spliteratorUnknownSize(
            new Cursor<>(pages), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(items, false);
  }

  @Override
  public boolean hasNext() {
    while (here.isEmpty() && (!started || next != null)) {
      Page<T> page = pages.apply(next);
      here.addAll(page.items());
      next = page.nextCursor();
      started = true;
    }
    return !here.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the list has ended");
    }
    return here.removeFirst();
  }
}
