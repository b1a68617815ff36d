/**
 * The frame of all benches: contenders in alternation, figures with intervals.
 *
 * <p><b>In</b>: names of legs. <b>Does</b>: runs ours and a peer side by side on the same servers
 * and compares. <b>Out</b>: one JSON object for each figure, a table, raw files on demand.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
