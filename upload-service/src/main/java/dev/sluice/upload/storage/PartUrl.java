package dev.sluice.upload.storage;

import java.net.URI;
import java.time.Instant;

/** Where to PUT one part, and until when. */
public record PartUrl(URI url, Instant expiresAt) {}
