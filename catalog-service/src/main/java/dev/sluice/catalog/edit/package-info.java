/**
 * Many changes of a draft at once.
 *
 * <p><b>In</b>: /versions/{v}/edits. <b>Does</b>: lines of edits, all or nothing. <b>Out</b>: the
 * draft's new tree.
 */
@NullMarked
package dev.sluice.catalog.edit;

import org.jspecify.annotations.NullMarked;
