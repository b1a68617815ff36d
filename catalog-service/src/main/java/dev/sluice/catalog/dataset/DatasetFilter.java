package dev.sluice.catalog.dataset;

import org.jspecify.annotations.Nullable;

/**
 * Which datasets of a project are wanted; null does not filter.
 *
 * @param scenario the application scenario, exactly
 * @param text part of name, display name or description, in any case
 */
record DatasetFilter(
    @Nullable String scenario, @Nullable DataType dataType, @Nullable String text) {}
