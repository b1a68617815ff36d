/**
 * Nodes of trees in PostgreSQL.
 *
 * <p><b>In</b>: nodes, and ids of nodes. <b>Does</b>: keeps them in table manifest_node, by plain
 * JDBC, many in one statement. <b>Out</b>: nodes.
 */
@NullMarked
package dev.sluice.manifest.sql;

import org.jspecify.annotations.NullMarked;
