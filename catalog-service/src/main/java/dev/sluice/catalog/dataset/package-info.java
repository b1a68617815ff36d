/**
 * Named datasets of one data type.
 *
 * <p><b>In</b>: /projects/{p}/datasets. <b>Does</b>: registers, describes, finds and trashes
 * datasets, hands out version numbers. <b>Out</b>: DatasetCreated, DatasetDeleted; table dataset.
 */
@NullMarked
package dev.sluice.catalog.dataset;

import org.jspecify.annotations.NullMarked;
