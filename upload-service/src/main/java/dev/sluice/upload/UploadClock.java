package dev.sluice.upload;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one clock of the service. */
final class UploadClock {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
