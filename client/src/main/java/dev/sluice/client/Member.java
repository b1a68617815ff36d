package dev.sluice.client;

/** A person or service with a role in a project. */
public record Member(String user, Role role) {}
