/**
 * Tests.
 *
 * <p><b>In</b>: the package of the same name. <b>Does</b>: holds it to its word. <b>Out</b>:
 * verdicts.
 */
@NullMarked
package dev.sluice.processing.joblog;

import org.jspecify.annotations.NullMarked;
