package dev.sluice.upload.intake;

import java.util.Locale;

/** What a version means for uploads. */
public enum DraftState {
  /** Takes files of people. */
  OPEN,
  /** Takes files of the import that reserved it. */
  IMPORTING,
  /** A run writes it. */
  RESERVED,
  /** Its content is final. */
  SEALED,
  /** It was given up. */
  DROPPED;

  /** Its name in tables and messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DraftState labelled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
