/**
 * The {@code DataSet} manifest of {@code core.oneblock.ai/v1alpha1}.
 *
 * <p><b>In</b>: YAML or JSON bytes. <b>Does</b>: reads them into typed records, every field checked
 * and every fault named. <b>Out</b>: a {@code DataSetManifest}, or a problem with field, value and
 * what is allowed.
 */
@NullMarked
package dev.sluice.processing.manifest;

import org.jspecify.annotations.NullMarked;
