/**
 * Who calls, and what they may do.
 *
 * <p><b>In</b>: the verified token and the role annotation of a resource method. <b>Does</b>: says
 * who calls and what they may do in a project. <b>Out</b>: a ProjectScope that every repository
 * method asks for.
 */
@NullMarked
package dev.sluice.support.identity;

import org.jspecify.annotations.NullMarked;
