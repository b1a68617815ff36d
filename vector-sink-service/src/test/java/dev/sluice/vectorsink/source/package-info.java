@NullMarked
package dev.sluice.vectorsink.source;

import org.jspecify.annotations.NullMarked;
