/**
 * Who has which role in a project.
 *
 * <p><b>In</b>: GET, PUT, DELETE /projects/{p}/members. <b>Does</b>: keeps roles and at least one
 * owner. <b>Out</b>: MemberAdded, MemberRemoved; table member.
 */
@NullMarked
package dev.sluice.catalog.member;

import org.jspecify.annotations.NullMarked;
