package dev.sluice.processing.delivery;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sluice's own store does not give the bytes now; no fault of the place. */
final class StoreAway extends IOException {

  StoreAway(String message) {
    this(message, null);
  }

  StoreAway(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
