/**
 * Trials of imports.
 *
 * <p><b>In</b>: a stack that can be broken, a seed. <b>Does</b>: asks for imports from an HTTP
 * server of its own that changes, drops and lies, kills servers at named and at random instants,
 * asks again as a person would. <b>Out</b>: a verdict of what the store, the database and the topic
 * have, compared with what was served.
 */
@NullMarked
package dev.sluice.chaos.imports;

import org.jspecify.annotations.NullMarked;
