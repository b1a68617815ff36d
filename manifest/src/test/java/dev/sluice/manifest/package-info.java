/** Trees against a sorted map, which is right by being simple. */
@NullMarked
package dev.sluice.manifest;

import org.jspecify.annotations.NullMarked;
