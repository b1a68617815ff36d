/**
 * What a run gets from the catalog.
 *
 * <p><b>In</b>: a run's input and the name of its output. <b>Does</b>: resolves the input version,
 * reads its files, reserves the output draft, gives it back. <b>Out</b>: HTTP to the catalog;
 * {@code CatalogAway} (wait) or {@code CatalogRefused} (never).
 */
@NullMarked
package dev.sluice.processing.reservation;

import org.jspecify.annotations.NullMarked;
