package dev.sluice.upload.importing;

import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.importing.ClaimRepository.Claim;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Lets a replica write of an import only while it holds it. */
@ApplicationScoped
class HoldService {
  private final Transactions transactions;
  private final ImportRepository imports;

  HoldService(Transactions transactions, ImportRepository imports) {
    this.transactions = transactions;
    this.imports = imports;
  }

  /**
   * Runs {@code work} in a transaction that holds the import's row.
   *
   * @throws CancellationException when the claim is lost: cancelled, or another replica's
   */
  <T> Uni<T> held(Claim claim, Function<LockedImport, Uni<T>> work) {
    return transactions.in(
        session ->
            imports
                .lock(session, claim.scope(), claim.id())
                .map(
                    row ->
                        row.filter(locked -> locked.isHeldBy(claim.owner()))
                            .orElseThrow(() -> new CancellationException("the claim is lost")))
                .flatMap(work::apply));
  }
}
