/** Migrations that SQL cannot say; Flyway finds them by the name of this package. */
@NullMarked
package db.migration;

import org.jspecify.annotations.NullMarked;
