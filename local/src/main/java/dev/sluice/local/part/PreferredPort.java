package dev.sluice.local.part;

/**
 * A port by its name in the state folder.
 *
 * @param name name it is remembered by
 * @param number number to take when it is free
 */
record PreferredPort(String name, int number) {}
