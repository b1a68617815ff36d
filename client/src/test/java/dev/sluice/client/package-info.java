/** Tests of the client against a server of their own in the same process. */
@org.jspecify.annotations.NullMarked
package dev.sluice.client;
