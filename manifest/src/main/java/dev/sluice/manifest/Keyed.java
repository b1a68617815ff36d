package dev.sluice.manifest;

/** Something that has a place in the order of paths. */
sealed interface Keyed permits Entry, Child {
  PathKey key();
}
