package dev.sluice.upload.importing.transfer;

import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.importing.ImportConfig;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.source.SourceException;
import dev.sluice.upload.source.StoreObject;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.StoreCopies;
import dev.sluice.upload.storage.StoreCopies.PartCopy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** Lets Sluice's own store copy what lies there already. */
@ApplicationScoped
class CopyService {
  private final StepService steps;
  private final StoreCopies copies;
  private final ImportConfig config;

  CopyService(StepService steps, StoreCopies copies, ImportConfig config) {
    this.steps = steps;
    this.copies = copies;
    this.config = config;
  }

  /** Inside the store, where no byte comes through here. */
  void copy(Work work, StoreObject object) throws IOException {
    Landing landing = work.landing();
    ObjectAddress from = new ObjectAddress(object.bucket(), new ObjectKey(object.key()));
    Upload upload = landing.upload();
    if (!upload.plan().single()) {
      Parallel.each(
          config.parallelParts(), landing.missing(), part -> copyPart(work, from, object, part));
      return;
    }
    long size = upload.content().size();
    if (!landing.has(1)
        && !steps.call(() -> copies.object(from, size, object.etag(), landing.address()))) {
      throw new SourceException.Changed(
          "s3://" + object.bucket() + "/" + object.key() + " changed while it was copied");
    }
  }

  private void copyPart(Work work, ObjectAddress from, StoreObject object, int part) {
    work.run().check();
    Landing landing = work.landing();
    PartCopy copy =
        new PartCopy(
            from,
            object.etag(),
            landing.offsetOf(part),
            landing.sizeOf(part),
            landing.address(),
            landing.storeId().orElseThrow(),
            part);
    steps.call(() -> copies.part(copy));
    work.tally().add(landing.sizeOf(part));
  }
}
