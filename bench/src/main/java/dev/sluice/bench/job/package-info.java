/**
 * The main job: from a folder of files to a searchable dataset.
 *
 * <p><b>In</b>: the command {@code sluice demo -o json}. <b>Does</b>: runs it and takes its times.
 * <b>Out</b>: figures of the leg {@code main-job}.
 */
@NullMarked
package dev.sluice.bench.job;

import org.jspecify.annotations.NullMarked;
