@NullMarked
package dev.sluice.vectorsink.embedding;

import org.jspecify.annotations.NullMarked;
