package dev.sluice.client;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of a version, and where its bytes can be read for a while without a token.
 *
 * @param sha256 lower-case hex of the whole content; null when there is no such file
 * @param url null when there is a problem
 * @param problem {@code file-not-found} or {@code file-erased}
 */
public record FileAddress(
    String path,
    long size,
    @Nullable String sha256,
    @Nullable URI url,
    @Nullable Instant expiresAt,
    @Nullable String problem) {}
