package dev.sluice.upload.source;

import dev.sluice.support.address.AddressException;
import dev.sluice.support.nfs.NfsException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a source gives nothing. Messages name the address as it was asked for, never a credential,
 * and may be shown to whoever asked.
 */
public abstract sealed class SourceException extends IOException {
  private SourceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The source's failure inside another, if there is one. */
  public static Optional<SourceException> in(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SourceException found) {
        return Optional.of(found);
      }
      if (t instanceof AddressException guard) {
        return Optional.of(of(guard));
      }
    }
    return Optional.empty();
  }

  /** What the guard's answer means for a source. */
  static SourceException of(AddressException guard) {
    return switch (guard) {
      case AddressException.Refused e -> new Refused(String.valueOf(e.getMessage()));
      case AddressException.Unknown e -> new Unreachable(String.valueOf(e.getMessage()), e);
    };
  }

  /** What the answer of a server of NFS means for a source. */
  static SourceException of(NfsException answer) {
    String says = String.valueOf(answer.getMessage());
    return switch (answer) {
      case NfsException.Refused e -> new Refused(says);
      case NfsException.Unreachable e -> new Unreachable(says, e);
      case NfsException.Gone e -> new Gone(says);
      case NfsException.Full e -> new Unreachable(says, e);
      case NfsException.TooLarge e -> new TooLarge(says);
      case NfsException.Invalid e -> new Invalid(says);
    };
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return this instanceof Unreachable;
  }

  /** The address, the path or the credentials are not allowed here. */
  public static final class Refused extends SourceException {
    public Refused(String message) {
      super(message, null);
    }
  }

  /** The source is away, slow or broke off; trying again may help. */
  public static final class Unreachable extends SourceException {
    public Unreachable(String message) {
      super(message, null);
    }

    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The source says that there is no such file, or that it may not be read. */
  public static final class Gone extends SourceException {
    public Gone(String message) {
      super(message, null);
    }
  }

  /** The source has another version of the file than was listed; list again. */
  public static final class Changed extends SourceException {
    public Changed(String message) {
      super(message, null);
    }
  }

  /** More bytes or more files than are taken. */
  public static final class TooLarge extends SourceException {
    public TooLarge(String message) {
      super(message, null);
    }
  }

  /** The URL, a name or an answer of the source makes no sense. */
  public static final class Invalid extends SourceException {
    public Invalid(String message) {
      super(message, null);
    }
  }
}
