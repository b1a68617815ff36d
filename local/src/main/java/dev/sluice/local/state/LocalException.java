package dev.sluice.local.state;

/** A failure of the local stack, with a message that is meant for the person at the keyboard. */
public final class LocalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what went wrong and, where known, what to do. */
  public LocalException(String message) {
    super(message);
  }

  /** Same, keeping the cause for the log. */
  public LocalException(String message, Throwable cause) {
    super(message, cause);
  }
}
