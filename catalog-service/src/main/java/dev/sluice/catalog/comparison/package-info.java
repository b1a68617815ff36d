/**
 * Two versions side by side.
 *
 * <p><b>In</b>: /versions/{v}/diff, /merge, /restore. <b>Does</b>: what was added, removed, changed
 * and moved; brings into a draft what another version has. <b>Out</b>: the draft's new tree.
 */
@NullMarked
package dev.sluice.catalog.comparison;

import org.jspecify.annotations.NullMarked;
