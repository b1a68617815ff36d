@NullMarked
package dev.sluice.vectorsink.index;

import org.jspecify.annotations.NullMarked;
