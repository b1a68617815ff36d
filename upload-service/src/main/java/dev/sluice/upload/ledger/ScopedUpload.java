package dev.sluice.upload.ledger;

import dev.sluice.support.identity.ProjectScope;

/** An upload, and the proof that the caller may work on it. */
public record ScopedUpload(ProjectScope scope, Upload upload) {}
