package dev.sluice.support.address;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why an address is not connected to; the message may be shown to whoever named it. */
public abstract sealed class AddressException extends IOException {
  private AddressException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The guard's refusal inside another failure, if there is one. */
  public static Optional<AddressException> in(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof AddressException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** The host or the port is not allowed. */
  public static final class Refused extends AddressException {
    Refused(String message) {
      super(message, null);
    }
  }

  /** The host's name cannot be resolved now. */
  public static final class Unknown extends AddressException {
    Unknown(String message) {
      super(message, null);
    }

    Unknown(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
