/**
 * Versions as Croissant 1.1, the metadata of data sets for machine learning.
 *
 * <p><b>In</b>: requests for a sealed version. <b>Does</b>: describes it as JSON-LD, while it reads
 * the tree. <b>Out</b>: nothing but the answer.
 */
@NullMarked
package dev.sluice.catalog.croissant;

import org.jspecify.annotations.NullMarked;
