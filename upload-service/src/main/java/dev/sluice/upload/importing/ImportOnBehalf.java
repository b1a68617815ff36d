package dev.sluice.upload.importing;

import org.jspecify.annotations.Nullable;

/**
 * An import that a service of Sluice wants for a person.
 *
 * @param requestedBy must be an editor of the project
 */
record ImportOnBehalf(@Nullable String requestedBy, @Nullable ImportRequest order) {}
