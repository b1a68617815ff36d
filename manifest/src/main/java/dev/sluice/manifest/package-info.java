/**
 * What a version contains, as a Merkle tree of content-defined ranges.
 *
 * <p><b>In</b>: entries sorted by path, or changes to a tree. <b>Does</b>: cuts them into ranges
 * whose borders depend on paths alone, so that equal content makes equal trees whatever happened
 * before; reads, compares and merges trees, loading only what differs. <b>Out</b>: nodes for a
 * {@link dev.sluice.manifest.NodeStore}, and one {@link dev.sluice.manifest.Digest} over the
 * content.
 *
 * <p>Blocking and free of frameworks. The format is described in {@code docs/manifest.md}.
 */
@NullMarked
package dev.sluice.manifest;

import org.jspecify.annotations.NullMarked;
