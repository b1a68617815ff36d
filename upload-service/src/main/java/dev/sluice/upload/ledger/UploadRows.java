package dev.sluice.upload.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Many rows as one parameter of one statement: a JSON array with an object for each. */
final class UploadRows {
  private UploadRows() {}

  /** New rows, with every column that a first row has. */
  static String whole(Collection<UploadEntity> rows) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (UploadEntity row : rows) {
      changing(all.addObject(), row)
          .put("dataset_id", row.datasetId.toString())
          .put("dataset", row.dataset)
          .put("version", row.version)
          .put("data_type", row.dataType)
          .put("path", row.path)
          .put("size", row.size)
          .put("part_size", row.partSize)
          .put("part_count", row.partCount)
          .put("object_key", row.objectKey)
          .put("held", row.held)
          .put("created_by", row.createdBy)
          .put("created_at", row.createdAt.toString())
          .put("urls_expire_at", text(row.urlsExpireAt));
    }
    return all.toString();
  }

  /** What can change of rows that are there. */
  static String changes(Collection<UploadEntity> rows) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    rows.forEach(row -> changing(all.addObject(), row));
    return all.toString();
  }

  private static ObjectNode changing(ObjectNode node, UploadEntity row) {
    return node.put("id", row.id.toString())
        .put("sha256", row.sha256)
        .put("state", row.state)
        .put("since", row.since.toString())
        .put("expires_at", text(row.expiresAt))
        .put("media_type", row.mediaType)
        .put("reason", row.reason)
        .put("cleanup_at", text(row.cleanupAt))
        .put("traceparent", row.traceparent)
        .put("store_upload_id", row.storeUploadId)
        .put("reopened", row.reopened);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
