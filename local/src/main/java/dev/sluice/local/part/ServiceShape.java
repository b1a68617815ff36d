package dev.sluice.local.part;

/**
 * How a service runs on one machine.
 *
 * @param module Maven module, also its name as OIDC client
 * @param port preferred port
 * @param heapMiB most heap
 * @param quickCompiler whether the fast compiler alone suffices: less memory, faster start
 */
public record ServiceShape(String module, int port, int heapMiB, boolean quickCompiler) {}
