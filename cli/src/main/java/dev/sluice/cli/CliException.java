package dev.sluice.cli;

/** A command cannot do what it was asked; the message is for people and ends the command. */
public final class CliException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public CliException(String message) {
    super(message);
  }

  /** Says why, keeping the cause. */
  public CliException(String message, Throwable cause) {
    super(message, cause);
  }
}
