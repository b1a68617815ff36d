/**
 * The files of a version: a set of paths, each pointing at an object.
 *
 * <p><b>In</b>: calls of the other features, inside their transactions. <b>Does</b>: keeps paths
 * free of conflicts, pages them, makes digest and manifest. <b>Out</b>: trees in table
 * manifest_node, what drafts change in table draft_change, what is announced in tables pending_file
 * and settled_upload.
 */
@NullMarked
package dev.sluice.catalog.file;

import org.jspecify.annotations.NullMarked;
