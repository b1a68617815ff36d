package dev.sluice.upload.importing.transfer;

import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.storage.ObjectAddress;
import java.util.List;
import java.util.Optional;

/**
 * An upload and where its bytes land.
 *
 * @param storeId of the multipart upload; empty for a file of one part
 * @param there parts that the store has and that need not be brought again
 */
record Landing(
    Upload upload, ObjectAddress address, Optional<String> storeId, List<StoredPart> there) {
  boolean has(int part) {
    return there.stream().anyMatch(p -> p.partNumber() == part);
  }

  List<Integer> missing() {
    return upload.plan().missing(there);
  }

  long bytesThere() {
    return there.stream().mapToLong(StoredPart::size).sum();
  }

  long sizeOf(int part) {
    return upload.plan().sizeOf(part);
  }

  long offsetOf(int part) {
    return upload.plan().partSize() * (part - 1L);
  }
}
