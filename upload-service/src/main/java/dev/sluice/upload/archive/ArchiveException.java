package dev.sluice.upload.archive;

import java.io.IOException;

/** Why an archive is not expanded; the message names the entry and may be shown to users. */
public final class ArchiveException extends IOException {
  private final Fault fault;

  ArchiveException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What kind of fault it is. */
  public Fault fault() {
    return fault;
  }

  /** The kinds of faults. */
  public enum Fault {
    /** A name that leads elsewhere or that no version takes. */
    NAME,
    /** A link, a device, a pipe. */
    KIND,
    /** Two entries of one name, or on the same bytes. */
    OVERLAP,
    /** More bytes than allowed. */
    SIZE,
    /** More bytes for each byte of the archive than allowed. */
    RATIO,
    /** More entries than allowed. */
    COUNT,
    /** Encrypted, or of a method or form that is not read. */
    UNSUPPORTED,
    /** Not an archive, or a damaged one. */
    DAMAGED
  }
}
