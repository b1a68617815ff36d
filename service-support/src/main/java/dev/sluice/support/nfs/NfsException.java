package dev.sluice.support.nfs;

import dev.sluice.support.address.AddressException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a server of NFS does not do what it is asked; messages may be shown to whoever asked. */
public abstract sealed class NfsException extends IOException {

  private NfsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The failure of this kind inside another, if there is one. */
  static Optional<NfsException> in(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof NfsException found) {
        return Optional.of(found);
      }
      if (t instanceof AddressException guard) {
        return Optional.of(of(guard));
      }
    }
    return Optional.empty();
  }

  /** What the guard's answer means. */
  static NfsException of(AddressException guard) {
    return switch (guard) {
      case AddressException.Refused e -> new Refused(String.valueOf(e.getMessage()));
      case AddressException.Unknown e -> new Unreachable(String.valueOf(e.getMessage()), e);
    };
  }

  /** The address or the path is not allowed here. */
  public static final class Refused extends NfsException {

    public Refused(String message) {
      super(message, null);
    }
  }

  /** The server is away, slow or broke off; trying again may help. */
  public static final class Unreachable extends NfsException {

    public Unreachable(String message) {
      super(message, null);
    }

    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** There is no such file, or we may not do this to it. */
  public static final class Gone extends NfsException {

    public Gone(String message) {
      super(message, null);
    }
  }

  /** The server has no room left, or no more for us. */
  public static final class Full extends NfsException {

    public Full(String message) {
      super(message, null);
    }
  }

  /** More than is taken. */
  public static final class TooLarge extends NfsException {

    public TooLarge(String message) {
      super(message, null);
    }
  }

  /** The URL, a name or an answer makes no sense. */
  public static final class Invalid extends NfsException {

    public Invalid(String message) {
      super(message, null);
    }
  }
}
