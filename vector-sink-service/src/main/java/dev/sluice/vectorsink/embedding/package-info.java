/**
 * Texts to vectors, inside this process.
 *
 * <p><b>In</b>: texts. <b>Does</b>: tokenises, sorts by length, runs the ONNX model in batches,
 * pools and normalises, remembers. <b>Out</b>: unit vectors of 384 numbers.
 */
@NullMarked
package dev.sluice.vectorsink.embedding;

import org.jspecify.annotations.NullMarked;
