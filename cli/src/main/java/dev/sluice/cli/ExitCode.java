package dev.sluice.cli;

import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.SluiceUnavailableException;

/** What a shell script can tell from the end of a command. */
public final class ExitCode {

  /** Done. */
  public static final int OK = 0;

  /** Not done, for a reason that was printed. */
  public static final int FAILED = 1;

  /** The command was not understood. */
  public static final int USAGE = 2;

  /** What was named does not exist, or not for this user. */
  public static final int NOT_FOUND = 3;

  /** Refused: not allowed, or not in this state. */
  public static final int REFUSED = 4;

  /** The service does not answer, or cannot now. */
  public static final int UNAVAILABLE = 5;

  private ExitCode() {}

  /** The code that belongs to a failure. */
  public static int of(Throwable failure) {
    return switch (failure) {
      case SluiceProblemException problem -> ofStatus(problem.status());
      case SluiceUnavailableException unavailable -> UNAVAILABLE;
      default -> FAILED;
    };
  }

  private static int ofStatus(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 401, 403, 409, 412 -> REFUSED;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> FAILED;
    };
  }
}
