/**
 * A small service made of the same outbox and inbox as the real ones, to be measured and killed.
 *
 * <p><b>In</b>: HTTP under {@code /harness}; topics sluice.uploads and bench.flood. <b>Does</b>:
 * commits rows with their facts and gives each fact one effect. <b>Out</b>: tables business_row and
 * effect, topic sluice.uploads.
 */
@NullMarked
package dev.sluice.bench.harness;

import org.jspecify.annotations.NullMarked;
