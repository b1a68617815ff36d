package dev.sluice.upload.verification;

import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import java.util.Optional;

/**
 * A verdict about the upload of a claim.
 *
 * @param repairId the store's id of a new multipart upload that has the good parts; for damage only
 */
record Finding(Claim claim, Upload upload, Verdict verdict, Optional<String> repairId) {
  Finding(Claim claim, Upload upload, Verdict verdict) {
    this(claim, upload, verdict, Optional.empty());
  }
}
