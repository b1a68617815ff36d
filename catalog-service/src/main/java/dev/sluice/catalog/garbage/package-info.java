/**
 * What nobody can reach any more, thrown away.
 *
 * <p><b>In</b>: POST and GET /projects/{project}/garbage-collections; a clock. <b>Does</b>: marks
 * what versions reach, then deletes nodes of manifests and, in steps that can be taken back,
 * objects. <b>Out</b>: tables manifest_node, stored_object, draft_change, garbage_collection;
 * objects {@code dataset/…}.
 */
@NullMarked
package dev.sluice.catalog.garbage;

import org.jspecify.annotations.NullMarked;
