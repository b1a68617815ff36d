package dev.sluice.upload.source;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Files of a listing that is read while it is asked for. */
final class FileIterator implements Iterator<SourceFile> {
  private final ListLimits limits;
  private final Listing listing;
  private Optional<SourceFile> next = Optional.empty();
  private boolean ended;
  private int count;

  FileIterator(ListLimits limits, Listing listing) {
    this.limits = limits;
    this.listing = listing;
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty() && !ended) {
      try {
        next = listing.next();
        if (next.isPresent()) {
          count++;
          limits.checkCount(count);
        }
      } catch (SourceException e) {
        throw new UncheckedIOException(e);
      }
      ended = next.isEmpty();
    }
    return next.isPresent();
  }

  @Override
  public SourceFile next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    SourceFile file = next.orElseThrow();
    next = Optional.empty();
    return file;
  }

  /** Gives the next file; empty at the end. */
  @FunctionalInterface
  interface Listing {
    Optional<SourceFile> next() throws SourceException;
  }
}
