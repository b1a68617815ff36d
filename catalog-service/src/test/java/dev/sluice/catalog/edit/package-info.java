/**
 * Unit tests of this package.
 *
 * <p><b>In</b>: values. <b>Does</b>: checks the rules of the domain. <b>Out</b>: nothing.
 */
@NullMarked
package dev.sluice.catalog.edit;

import org.jspecify.annotations.NullMarked;
