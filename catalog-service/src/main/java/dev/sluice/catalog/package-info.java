/**
 * What exists: projects, members, datasets, versions and where they came from.
 *
 * <p><b>In</b>: HTTP under {@code /api/v1/projects}, all topics of Sluice. <b>Does</b>: keeps the
 * catalog in PostgreSQL schema {@code catalog}. <b>Out</b>: facts on {@code sluice.datasets}.
 */
@NullMarked
package dev.sluice.catalog;

import org.jspecify.annotations.NullMarked;
