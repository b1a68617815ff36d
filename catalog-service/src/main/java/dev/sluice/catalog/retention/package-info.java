/**
 * Which versions of a dataset are kept, and for how long.
 *
 * <p><b>In</b>: rules over HTTP; time. <b>Does</b>: withdraws versions that no rule keeps and gives
 * up their files later, unless something protects them. <b>Out</b>: VersionWithdrawn,
 * VersionPurged; table retention_rule.
 */
@NullMarked
package dev.sluice.catalog.retention;

import org.jspecify.annotations.NullMarked;
