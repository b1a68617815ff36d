package dev.sluice.catalog.project;

import dev.sluice.catalog.DnsLabel;
import dev.sluice.catalog.Texts;
import org.jspecify.annotations.Nullable;

/** What a project begins with. */
record NewProject(@Nullable String name, @Nullable String displayName) {
  /** The name; 400 when it is no DNS label. */
  String checkedName() {
    return DnsLabel.checked("name", name);
  }

  /** The display name, or the name where there is none. */
  String checkedDisplayName() {
    String text = Texts.checked("displayName", displayName, Texts.NAME);
    return text == null ? checkedName() : text;
  }
}
