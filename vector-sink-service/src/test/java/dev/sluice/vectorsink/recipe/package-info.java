@NullMarked
package dev.sluice.vectorsink.recipe;

import org.jspecify.annotations.NullMarked;
