package dev.sluice.upload.source;

import java.net.URI;
import java.util.Optional;

/**
 * Where to import from, as somebody asked for it.
 *
 * @param url {@code http(s)://…}, {@code s3://bucket/prefix?endpoint=…&region=…}, {@code
 *     nfs://host/export/path} or {@code file:///…}
 * @param credentials name of configured credentials ({@code sluice.import.credentials.<name>})
 * @param glob which files of a listing to take: {@code *} within a segment, {@code **} across
 *     segments, {@code ?}, {@code {a,b}}; without a slash it is matched with the name alone
 */
public record SourceSpec(URI url, Optional<String> credentials, Optional<String> glob) {}
