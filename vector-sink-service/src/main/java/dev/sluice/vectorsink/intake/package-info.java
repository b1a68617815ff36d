/**
 * What the catalog says.
 *
 * <p><b>In</b>: topic sluice.datasets. <b>Does</b>: asks for the index of new versions, for the
 * removal of withdrawn ones, and keeps the copy of members. <b>Out</b>: tables indexing, removal
 * and project_member.
 */
@NullMarked
package dev.sluice.vectorsink.intake;

import org.jspecify.annotations.NullMarked;
