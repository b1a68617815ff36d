package dev.sluice.catalog.alias;

import dev.sluice.catalog.audit.AuditAction;
import java.util.Locale;

/** What a name of a version is for. */
enum NameKind {
  /** Means what is to be used for some purpose; moves. */
  ALIAS(AuditAction.ALIAS_MOVED, AuditAction.ALIAS_REMOVED),
  /** Marks one version; stays unless it is moved on purpose. */
  TAG(AuditAction.TAG_SET, AuditAction.TAG_REMOVED);

  private final AuditAction moved;
  private final AuditAction removed;

  NameKind(AuditAction moved, AuditAction removed) {
    this.moved = moved;
    this.removed = removed;
  }

  /** Its name in tables, events and messages. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By its collection's name in paths: {@code aliases} or {@code tags}. */
  static NameKind ofPath(String plural) {
    return plural.equals("tags") ? TAG : ALIAS;
  }

  static NameKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  AuditAction moved() {
    return moved;
  }

  AuditAction removed() {
    return removed;
  }
}
