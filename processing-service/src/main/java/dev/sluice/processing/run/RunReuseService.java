package dev.sluice.processing.run;

import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Finds earlier runs that have computed what another run is about to compute. */
@ApplicationScoped
public class RunReuseService {
  private final Transactions transactions;
  private final RunRepository repository;

  RunReuseService(Transactions transactions, RunRepository repository) {
    this.transactions = transactions;
    this.repository = repository;
  }

  /** The newest runs of the same project, recipe, input and destinations, newest first. */
  public Uni<List<Run>> candidatesAnyProject(Run run) {
    return transactions
        .reading(session -> repository.sameRecipe(session, run))
        .map(
            rows ->
                rows.stream()
                    .map(RunColumns::toRun)
                    .filter(found -> goesToTheSamePlaces(found, run))
                    .toList());
  }

  /** What was made for other places is not brought to these. */
  private static boolean goesToTheSamePlaces(Run found, Run run) {
    return found.manifest().outputDataset().equals(run.manifest().outputDataset())
        && found.manifest().destinations().equals(run.manifest().destinations());
  }
}
