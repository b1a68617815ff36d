/** Tests. */
@NullMarked
package dev.sluice.local.store;

import org.jspecify.annotations.NullMarked;
