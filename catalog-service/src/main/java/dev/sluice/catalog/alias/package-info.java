/**
 * Aliases and tags: names of versions besides their numbers.
 *
 * <p><b>In</b>: /datasets/{d}/aliases and /datasets/{d}/tags.
 *
 * <p><b>Does</b>: points names at sealed versions, moves aliases at once for everybody, keeps where
 * they pointed.
 *
 * <p><b>Out</b>: AliasMoved; tables version_name, version_name_move.
 */
@NullMarked
package dev.sluice.catalog.alias;

import org.jspecify.annotations.NullMarked;
