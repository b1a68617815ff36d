@NullMarked
package dev.sluice.vectorsink.indexing;

import org.jspecify.annotations.NullMarked;
