/**
 * Projects, the tenants of Sluice.
 *
 * <p><b>In</b>: POST and GET /projects. <b>Does</b>: makes a project with its bucket and first
 * owner. <b>Out</b>: ProjectCreated, MemberAdded; table project.
 */
@NullMarked
package dev.sluice.catalog.project;

import org.jspecify.annotations.NullMarked;
