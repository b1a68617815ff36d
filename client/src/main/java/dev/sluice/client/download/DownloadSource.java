package dev.sluice.client.download;

import dev.sluice.client.FileSelection;

/**
 * What is downloaded.
 *
 * @param version a number, an alias, a tag, or latest
 */
public record DownloadSource(
    String project, String dataset, String version, FileSelection selection) {}
