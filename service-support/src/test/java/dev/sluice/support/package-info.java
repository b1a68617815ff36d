/** Tests of the shared floor against real servers. */
@NullMarked
package dev.sluice.support;

import org.jspecify.annotations.NullMarked;
