/**
 * <b>In:</b> {@code project}, {@code dataset} and {@code version} commands.
 *
 * <p><b>Does:</b> asks the catalog, one command one call.
 *
 * <p><b>Out:</b> tables and JSON of projects, datasets, versions and files.
 */
@NullMarked
package dev.sluice.cli.catalog;

import org.jspecify.annotations.NullMarked;
