@NullMarked
package dev.sluice.vectorsink.intake;

import org.jspecify.annotations.NullMarked;
