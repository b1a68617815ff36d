package dev.sluice.client;

import java.net.URI;

/** Where the bytes of a file can be read for a short time, without a token. */
public record DownloadUrl(URI url) {}
