/**
 * What content a project holds, and how much room it has.
 *
 * <p><b>In</b>: POST /projects/{p}/holdings, for services; GET /usage, PUT /quota.
 *
 * <p><b>Does</b>: finds objects by content, so that no byte is stored twice; sums up against quota.
 *
 * <p><b>Out</b>: answers; table project_quota; table stored_object is filled where files are put.
 */
@NullMarked
package dev.sluice.catalog.holding;

import org.jspecify.annotations.NullMarked;
