package dev.sluice.catalog.member;

import dev.sluice.support.identity.Role;

/**
 * Somebody's role in a project.
 *
 * @param user the principal's name, as the issuer says it
 */
public record Member(String user, Role role) {}
