package dev.sluice.upload.verification;

import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Uploads of one kind that this replica reads back: small ones in groups, large ones singly. */
final class Lane {
  private final boolean single;
  private final int most;
  private final Set<UploadId> active = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean claiming = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();

  /**
   * An idle lane.
   *
   * @param single whether it takes files of one part, or all others
   * @param most uploads at once
   */
  Lane(boolean single, int most) {
    this.single = single;
    this.most = most;
  }

  boolean single() {
    return single;
  }

  Set<UploadId> active() {
    return Set.copyOf(active);
  }

  /** Room for claims; a group is taken when the one before is done. */
  int room() {
    return single && !active.isEmpty() ? 0 : most - active.size();
  }

  /** Whether the caller may claim now; another look is remembered when not. */
  boolean beginClaiming() {
    again.set(true);
    boolean mine = claiming.compareAndSet(false, true);
    if (mine) {
      again.set(false);
    }
    return mine;
  }

  /** Takes claims in as groups of one project each; large uploads are groups of one. */
  Collection<List<Claim>> taken(List<Claim> claims) {
    claims.forEach(claim -> active.add(claim.id()));
    claiming.set(false);
    Map<Object, List<Claim>> groups =
        claims.stream().collect(Collectors.groupingBy(c -> single ? c.scope().project() : c.id()));
    return groups.values();
  }

  void claimedNothing() {
    claiming.set(false);
  }

  /** Whether a look was asked for while a claim was under way. */
  boolean wantsAnotherLook() {
    return again.get() && room() > 0;
  }

  void done(Collection<Claim> claims) {
    claims.forEach(claim -> active.remove(claim.id()));
  }
}
