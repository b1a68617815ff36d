package dev.sluice.support.identity;

/**
 * Proof that a caller may work in a project; every repository method asks for one and filters by
 * its project. Made by {@link ProjectAccess}, or by {@link #system} for facts of the bus.
 */
public record ProjectScope(String project, String caller, Role role) {

  /** The scope of Sluice itself, acting on a fact that a topic carried. */
  public static ProjectScope system(String project) {
    return new ProjectScope(project, "sluice", Role.OWNER);
  }
}
