/** Tests of the test support itself. */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;
