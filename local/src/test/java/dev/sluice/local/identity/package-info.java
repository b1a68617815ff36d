/** Tests. */
@NullMarked
package dev.sluice.local.identity;

import org.jspecify.annotations.NullMarked;
