package dev.sluice.upload.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long addresses of parts are good: as configured, but never long. */
@ApplicationScoped
public class AddressLife {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final UploadConfig config;
  private final Clock clock;

  AddressLife(UploadConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** From the moment an address is given out. */
  public Duration validFor() {
    Duration wanted = config.urlExpiry();
    return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
  }

  /** Until when those that are given out right now will be good at most. */
  public Instant latestExpiry() {
    return clock.instant().plus(validFor()).plusSeconds(1);
  }
}
