/** Tests. */
@NullMarked
package dev.sluice.local.state;

import org.jspecify.annotations.NullMarked;
