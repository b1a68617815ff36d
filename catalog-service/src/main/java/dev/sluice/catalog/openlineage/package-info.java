/**
 * Lineage in the words of OpenLineage 2-0-2.
 *
 * <p><b>In</b>: requests for a version's lineage; facts about drafts and versions, which a trigger
 * on the outbox keeps while a receiver is configured, and starts of runs and imports. <b>Does</b>:
 * turns them into run events and sends them, each at least once. <b>Out</b>: HTTP; table
 * openlineage_fact.
 */
@NullMarked
package dev.sluice.catalog.openlineage;

import org.jspecify.annotations.NullMarked;
