package dev.sluice.upload.ledger;

import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.intake.Holding;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.media.DataType;
import dev.sluice.upload.media.MediaTypes;
import java.time.Instant;
import java.util.Optional;

/**
 * Plans uploads that begin now.
 *
 * @param urlsGiven whether a file of one part gets its address at once
 */
record FirstRow(UploadConfig config, Instant now, String caller, boolean urlsGiven) {

  Upload of(NewFile file, Optional<Holding> held) {
    Target target = file.target();
    UploadState state = state(file, held);
    boolean pointsAtHeld = state instanceof Completed;
    PartPlan plan = PartPlan.of(file.content().size(), config.smallestPart());
    return new Upload(
        UploadId.fresh(now.toEpochMilli()),
        target,
        file.path(),
        file.content(),
        plan,
        pointsAtHeld
            ? held.orElseThrow().key()
            : ObjectKey.of(target.dataset(), target.version(), file.path()),
        Optional.empty(),
        urlsGiven && plan.single() && state instanceof Open,
        pointsAtHeld,
        0,
        caller,
        now,
        state);
  }

  /** Whether the extension alone promises a type that does not belong. */
  static boolean isRefusedByName(NewFile file) {
    DataType dataType = file.target().dataType();
    return MediaTypes.ofExtension(file.path().extension())
        .filter(type -> !dataType.takes(type))
        .isPresent();
  }

  /**
   * A name whose extension promises a type that does not belong costs no bytes, and neither does
   * content that the project holds.
   */
  private UploadState state(NewFile file, Optional<Holding> held) {
    DataType dataType = file.target().dataType();
    String extension = file.path().extension();
    Optional<String> type =
        held.map(h -> MediaTypes.underName(h.mediaType(), extension))
            .or(() -> MediaTypes.ofExtension(extension));
    if (type.filter(t -> !dataType.takes(t)).isPresent()) {
      return new Ignored(type.get(), dataType.refusal(type.get()), now);
    }
    return held.isPresent()
        ? new Completed(type.orElseThrow(), held.get().crc32c(), now)
        : new Open(now, now.plus(config.expiry()));
  }
}
