package dev.sluice.chaos.imports;

import java.util.List;

/** What the server of a file does wrong (F28). */
enum Trouble {
  /** Nothing. */
  NONE,
  /** The file becomes another one of the same size while its ranges are read. */
  CHANGES("source-changed"),
  /** The file becomes another one of another size. */
  GROWS("source-changed"),
  /** Connections break after half of the bytes. */
  DROPS,
  /** It says fewer bytes than a range has and ends well. */
  SHORT("source-invalid", "source-unreachable"),
  /** It says another length of the whole file than when it was listed. */
  LIES("source-changed", "source-invalid"),
  /** It answers 206 with other bytes than were asked for. */
  WRONG_RANGE("source-invalid"),
  /** It answers 200 and the whole file to a range. */
  FORGETS("source-changed", "source-invalid"),
  /** It answers 503. */
  AWAY;

  private final String codes;

  Trouble(String... codes) {
    this.codes = String.join(" ", codes);
  }

  /** Whether an import may say this when it fails on such a server. */
  boolean excuses(String code) {
    return List.of(codes.split(" ")).contains(code);
  }
}
