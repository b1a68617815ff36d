/**
 * Who changed what, when and why.
 *
 * <p><b>In</b>: entries of the other features, within the transaction of their change; GET
 * /projects/{p}/audit.
 *
 * <p><b>Does</b>: keeps them; nothing changes or removes one.
 *
 * <p><b>Out</b>: table audit_entry.
 */
@NullMarked
package dev.sluice.catalog.audit;

import org.jspecify.annotations.NullMarked;
