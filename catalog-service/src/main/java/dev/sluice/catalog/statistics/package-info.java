/**
 * Figures of versions, and where their files came and went.
 *
 * <p><b>In</b>: /versions/{v}/statistics, /versions/{v}/history. <b>Does</b>: reads what trees keep
 * about themselves. <b>Out</b>: nothing.
 */
@NullMarked
package dev.sluice.catalog.statistics;

import org.jspecify.annotations.NullMarked;
