/**
 * The vector database behind one port.
 *
 * <p><b>In</b>: points with vectors and payload. <b>Does</b>: keeps a collection for each dataset;
 * says which versions hold a point. <b>Out</b>: Qdrant by gRPC.
 */
@NullMarked
package dev.sluice.vectorsink.index;

import org.jspecify.annotations.NullMarked;
