package dev.sluice.catalog.audit;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something somebody did.
 *
 * @param actor who did it; null for the caller of the scope
 * @param object what was changed where it is neither a dataset nor a version, such as an alias
 * @param reason what the actor gave as reason
 * @param details further values that were set
 */
public record AuditEntry(
    AuditAction action,
    @Nullable String actor,
    @Nullable UUID datasetId,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String object,
    @Nullable String reason,
    Map<String, String> details) {
  public AuditEntry {
    details = Map.copyOf(details);
  }

  /** About the project or what belongs to it. */
  public static AuditEntry of(AuditAction action, @Nullable String object) {
    return new AuditEntry(action, null, null, null, null, object, null, Map.of());
  }

  /** About a dataset. */
  public static AuditEntry of(AuditAction action, UUID datasetId, String dataset) {
    return new AuditEntry(action, null, datasetId, dataset, null, null, null, Map.of());
  }

  /** The same, done by somebody else than the scope's caller. */
  public AuditEntry by(String who) {
    return new AuditEntry(action, who, datasetId, dataset, version, object, reason, details);
  }

  /** The same, about one version of the dataset. */
  public AuditEntry version(String number) {
    return new AuditEntry(action, actor, datasetId, dataset, number, object, reason, details);
  }

  /** The same, about something of that name. */
  public AuditEntry object(String name) {
    return new AuditEntry(action, actor, datasetId, dataset, version, name, reason, details);
  }

  /** The same with a reason, if one was given. */
  public AuditEntry because(@Nullable String why) {
    return new AuditEntry(action, actor, datasetId, dataset, version, object, why, details);
  }

  /** The same with a further value; null says nothing. */
  public AuditEntry with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(details);
    more.put(name, value.toString());
    return new AuditEntry(action, actor, datasetId, dataset, version, object, reason, more);
  }
}
