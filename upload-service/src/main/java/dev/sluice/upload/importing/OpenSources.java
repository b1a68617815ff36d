package dev.sluice.upload.importing;

import dev.sluice.upload.source.Source;
import dev.sluice.upload.source.SourceException;
import java.util.HashMap;
import java.util.Map;

/** The sources of an order, opened when they are needed. */
final class OpenSources implements AutoCloseable {
  private final ImportOrder order;
  private final Opener opener;
  private final Map<Integer, Source> open = new HashMap<>();

  OpenSources(ImportOrder order, Opener opener) {
    this.order = order;
    this.opener = opener;
  }

  synchronized Source of(int no) throws SourceException {
    Source source = open.get(no);
    if (source == null) {
      source = opener.open(order, no);
      open.put(no, source);
    }
    return source;
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Source::close);
    open.clear();
  }

  /** Opens one of them. */
  @FunctionalInterface
  interface Opener {
    Source open(ImportOrder order, int no) throws SourceException;
  }
}
