/**
 * Versions of a dataset and their files.
 *
 * <p><b>In</b>: /datasets/{d}/versions. <b>Does</b>: draft, seal, release, withdraw; manifests,
 * digests and downloads. <b>Out</b>: DraftOpened, DraftDropped, VersionCreated, VersionReleased,
 * VersionWithdrawn.
 */
@NullMarked
package dev.sluice.catalog.version;

import org.jspecify.annotations.NullMarked;
