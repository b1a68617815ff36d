package dev.sluice.catalog.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be done to the state of a project. */
public enum AuditAction {
  PROJECT_CREATED,
  MEMBER_SET,
  MEMBER_REMOVED,
  DATASET_CREATED,
  DATASET_CHANGED,
  CARD_CHANGED,
  DATASET_DELETED,
  DATASET_RESTORED,
  DATASET_GIVEN_UP,
  DATASET_PURGED,
  VERSION_OPENED,
  VERSION_DROPPED,
  VERSION_EDITED,
  VERSION_MERGED,
  VERSION_RESTORED,
  VERSION_SEALED,
  VERSION_RELEASED,
  VERSION_WITHDRAWN,
  VERSION_PURGED,
  RETENTION_SET,
  RETENTION_REMOVED,
  ALIAS_MOVED,
  ALIAS_REMOVED,
  TAG_SET,
  TAG_REMOVED,
  CONTENT_ERASED,
  QUOTA_SET,
  WEBHOOK_ADDED,
  WEBHOOK_CHANGED,
  WEBHOOK_REMOVED,
  WEBHOOK_SECRET_ROTATED,
  WEBHOOK_REPLAYED;

  private static final String ALLOWED =
      Arrays.stream(values()).map(AuditAction::text).collect(Collectors.joining(", "));

  /** The name on the wire, such as {@code dataset.deleted}. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
  }

  /** The action of that name; 400 naming the allowed ones when there is none. */
  static AuditAction of(String text) {
    for (AuditAction action : values()) {
      if (action.text().equals(text)) {
        return action;
      }
    }
    throw InvalidRequest.of("action", text, ALLOWED).exception();
  }
}
