package dev.sluice.catalog.version;

import org.jspecify.annotations.Nullable;

/**
 * What a person says when a version is released or withdrawn.
 *
 * @param reason for those who read the audit
 * @param force withdraws even what an alias points at
 */
record StateChange(@Nullable String reason, @Nullable Boolean force) {
  static final StateChange NONE = new StateChange(null, null);

  boolean forced() {
    return Boolean.TRUE.equals(force);
  }
}
