package dev.sluice.catalog;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The time in microseconds, as PostgreSQL keeps it, so that an instant reads back unchanged. */
final class CatalogClock {
  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  @Produces
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), MICROSECOND);
  }
}
