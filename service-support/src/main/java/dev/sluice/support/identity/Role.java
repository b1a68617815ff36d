package dev.sluice.support.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.Locale;

/** What a member may do in a project; each role may do all that the ones before it may. */
public enum Role {
  /** Reads everything of the project. */
  VIEWER,
  /** Also creates and changes datasets, versions and runs. */
  EDITOR,
  /** Also manages members, releases and deletes. */
  OWNER;

  /** Whether this role includes {@code other}. */
  public boolean atLeast(Role other) {
    return compareTo(other) >= 0;
  }

  /** {@code viewer}, {@code editor} or {@code owner}. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with that name; 400 when there is none. */
  @JsonCreator
  public static Role of(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw InvalidRequest.of("role", text, "viewer, editor or owner").exception();
  }
}
