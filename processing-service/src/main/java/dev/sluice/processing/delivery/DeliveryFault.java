package dev.sluice.processing.delivery;

import dev.sluice.support.address.AddressException;
import dev.sluice.support.nfs.NfsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a file does not get to its place; the message may be shown to whoever asked. */
final class DeliveryFault extends IOException {
  private final Kind kind;

  DeliveryFault(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static DeliveryFault refused(String message) {
    return new DeliveryFault(Kind.REFUSED, message, null);
  }

  Kind kind() {
    return kind;
  }

  /** What a failure of a place means. */
  static DeliveryFault of(IOException failure) {
    return switch (failure) {
      case DeliveryFault known -> known;
      case NfsException e -> new DeliveryFault(kindOf(e), said(e), e);
      case AddressException.Refused e -> new DeliveryFault(Kind.REFUSED, said(e), e);
      case AccessDeniedException e -> new DeliveryFault(Kind.REFUSED, "not to be written", e);
      case NotDirectoryException e ->
          new DeliveryFault(Kind.REFUSED, "a link or a file is where a folder should be", e);
      case NoSuchFileException e -> new DeliveryFault(Kind.AWAY, "the folder is not there", e);
      default ->
          AddressException.in(failure)
              .map(DeliveryFault::of)
              .orElseGet(() -> new DeliveryFault(kindOf(said(failure)), said(failure), failure));
    };
  }

  private static Kind kindOf(NfsException failure) {
    return switch (failure) {
      case NfsException.Refused e -> Kind.REFUSED;
      case NfsException.Gone e -> Kind.REFUSED;
      case NfsException.Invalid e -> Kind.REFUSED;
      case NfsException.TooLarge e -> Kind.REFUSED;
      case NfsException.Full e -> Kind.FULL;
      case NfsException.Unreachable e -> Kind.AWAY;
    };
  }

  /** The JDK tells these apart by the system's words alone. */
  private static Kind kindOf(String message) {
    if (has(message, "no space left", "quota exceeded", "file too large")) {
      return Kind.FULL;
    }
    return has(message, "too many levels of symbolic links", "read-only file system")
        ? Kind.REFUSED
        : Kind.AWAY;
  }

  private static boolean has(String message, String... words) {
    String lower = message.toLowerCase(Locale.ROOT);
    return Stream.of(words).anyMatch(lower::contains);
  }

  private static String said(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** As {@link #of(IOException)}, for what is none. */
  static DeliveryFault of(ReadOnlyFileSystemException failure) {
    return new DeliveryFault(Kind.REFUSED, "the file system takes no files", failure);
  }

  /** What kind of fault it is, which says whether trying again may help. */
  enum Kind {
    /** Not allowed, by us or by the place. */
    REFUSED("place-refused", false),
    /** No room left. */
    FULL("place-full", true),
    /** Does not answer, or broke off. */
    AWAY("place-away", true),
    /** What the store gave is not what the version says. */
    CONTENT_WRONG("content-wrong", false),
    /** The version cannot be read any more. */
    VERSION_GONE("version-gone", false),
    /** The vectors could not be made. */
    NOT_INDEXED("not-indexed", false);

    private final String code;
    private final boolean again;

    Kind(String code, boolean again) {
      this.code = code;
      this.again = again;
    }

    String code() {
      return code;
    }

    /** Whether the same try may succeed later. */
    boolean again() {
      return again;
    }
  }
}
