/** Tests. */
@NullMarked
package dev.sluice.local.gateway;

import org.jspecify.annotations.NullMarked;
