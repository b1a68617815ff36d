package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** Nobody answered, although the call was repeated as the {@link RetryPolicy} allows. */
public final class SluiceUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says who did not answer, and why. */
  public SluiceUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
