package dev.sluice.catalog.garbage;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** So many, and their bytes. */
@Schema(name = "GarbageAmount")
record Amount(long count, long bytes) {
  static final Amount NONE = new Amount(0, 0);

  static Amount of(ResultSet row) throws SQLException {
    return new Amount(row.getLong(1), row.getLong(2));
  }

  Amount and(Amount more) {
    return new Amount(count + more.count, bytes + more.bytes);
  }
}
