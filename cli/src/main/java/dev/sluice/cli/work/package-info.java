/**
 * <b>In:</b> {@code process} and {@code job}.
 *
 * <p><b>Does:</b> posts manifests and follows what becomes of them.
 *
 * <p><b>Out:</b> tables and JSON of runs, and their logs.
 */
@NullMarked
package dev.sluice.cli.work;

import org.jspecify.annotations.NullMarked;
