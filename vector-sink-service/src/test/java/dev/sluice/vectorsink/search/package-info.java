@NullMarked
package dev.sluice.vectorsink.search;

import org.jspecify.annotations.NullMarked;
