@NullMarked
package dev.sluice.vectorsink;

import org.jspecify.annotations.NullMarked;
