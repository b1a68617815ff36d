/**
 * The built-in program on Ray beside a native Ray Data program and Data-Juicer.
 *
 * <p><b>In</b>: settings. <b>Does</b>: starts MinIO and a Ray head, writes documents, runs the
 * contenders as Ray jobs on the same files. <b>Out</b>: figures, after the rows were compared.
 */
@NullMarked
package dev.sluice.bench.ray;

import org.jspecify.annotations.NullMarked;
