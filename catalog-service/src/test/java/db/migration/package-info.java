/** Migrations from the first release on. */
@NullMarked
package db.migration;

import org.jspecify.annotations.NullMarked;
