/**
 * What arrives by topic.
 *
 * <p><b>In</b>: {@code ProcessingRequested} from anyone; {@code MemberAdded}, {@code MemberRemoved}
 * and facts of versions from the catalog. <b>Does</b>: starts runs as the HTTP API would, keeps the
 * copy of members, begins deliveries, fires triggers. <b>Out</b>: rows; what can never run goes to
 * {@code sluice.processing.dlq}.
 */
@NullMarked
package dev.sluice.processing.intake;

import org.jspecify.annotations.NullMarked;
