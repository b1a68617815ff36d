package dev.sluice.upload.intake;

import dev.sluice.upload.file.ObjectKey;
import java.util.Optional;

/**
 * An object that the project holds, and that a file with the same content may point at.
 *
 * @param sha256 64 lower-case hex digits
 * @param size bytes
 * @param mediaType by its content
 * @param crc32c over the bytes, 8 lower-case hex digits; empty when nobody knows it
 */
public record Holding(
    String sha256, long size, ObjectKey key, String mediaType, Optional<String> crc32c) {}
