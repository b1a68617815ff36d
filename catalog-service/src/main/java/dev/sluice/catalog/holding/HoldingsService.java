package dev.sluice.catalog.holding;

import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.holding.HoldingsQuestion.Content;
import dev.sluice.catalog.holding.HoldingsQuestion.DraftPaths;
import dev.sluice.catalog.holding.HoldingsRepository.KnownDraft;
import dev.sluice.catalog.holding.HoldingsView.Blocked;
import dev.sluice.catalog.holding.HoldingsView.DraftFile;
import dev.sluice.catalog.holding.HoldingsView.DraftFiles;
import dev.sluice.catalog.holding.HoldingsView.Held;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds contents that a project holds. */
@ApplicationScoped
class HoldingsService {
  private final Transactions transactions;
  private final HoldingsRepository objects;
  private final QuotaService quotas;
  private final FileSetService files;

  HoldingsService(
      Transactions transactions,
      HoldingsRepository objects,
      QuotaService quotas,
      FileSetService files) {
    this.files = files;
    this.transactions = transactions;
    this.objects = objects;
    this.quotas = quotas;
  }

  /** What of the contents is held. */
  Uni<HoldingsView> of(ProjectScope scope, List<Content> contents, Optional<DraftPaths> draft) {
    List<String> digests =
        contents.stream().map(Content::sha256).filter(Objects::nonNull).distinct().toList();
    List<Long> sizes =
        contents.stream().filter(c -> c.sha256() == null).map(Content::size).distinct().toList();
    return transactions.in(
        session ->
            objects
                .withDigest(session, scope, digests)
                .flatMap(
                    held ->
                        objects
                            .sizes(session, scope, sizes)
                            .flatMap(
                                some ->
                                    draftFiles(session, scope, draft)
                                        .flatMap(there -> view(session, scope, held, some, there))))
                .flatMap(
                    view ->
                        digests.isEmpty()
                            ? Uni.createFrom().item(view)
                            : objects.blocked(session, scope, digests).map(view::blocking)));
  }

  private Uni<Optional<DraftFiles>> draftFiles(
      Mutiny.Session session, ProjectScope scope, Optional<DraftPaths> asked) {
    return asked.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : objects
            .draft(session, scope, asked.get())
            .flatMap(
                found ->
                    found
                        .map(draft -> draftFiles(session, scope, draft, asked.get().paths()))
                        .orElseGet(() -> Uni.createFrom().item(new DraftFiles(null, List.of()))))
            .map(Optional::of);
  }

  private Uni<DraftFiles> draftFiles(
      Mutiny.Session session, ProjectScope scope, KnownDraft draft, List<String> paths) {
    return files
        .find(session, scope, draft.files(), paths)
        .flatMap(
            found ->
                files
                    .removed(session, scope, draft.files(), paths)
                    .map(
                        removed -> {
                          List<DraftFile> all = new ArrayList<>();
                          found.forEach(
                              (path, file) -> all.add(new DraftFile(path, file.sha256())));
                          paths.stream()
                              .filter(removed::contains)
                              .forEach(path -> all.add(new DraftFile(path, null)));
                          return new DraftFiles(draft.editedAt(), all);
                        }));
  }

  private Uni<HoldingsView> view(
      Mutiny.Session session,
      ProjectScope scope,
      List<Held> held,
      List<Long> sizes,
      Optional<DraftFiles> draft) {
    return quotas
        .limit(session, scope)
        .flatMap(
            limit ->
                used(session, scope, limit)
                    .map(
                        used ->
                            new HoldingsView(
                                held,
                                sizes,
                                used,
                                limit.orElse(null),
                                List.of(),
                                draft.orElse(null))));
  }

  /** Those of the contents that were erased and must not come back. */
  Uni<List<Blocked>> blocked(ProjectScope scope, List<String> digests) {
    return transactions.reading(session -> objects.blocked(session, scope, digests));
  }

  /** Those of the keys that files point at. */
  Uni<List<String>> owned(ProjectScope scope, List<String> keys) {
    return transactions.reading(session -> objects.owned(session, scope, keys));
  }

  private Uni<Long> used(Mutiny.Session session, ProjectScope scope, Optional<Long> limit) {
    return limit.isPresent() ? objects.usedBytes(session, scope) : Uni.createFrom().item(0L);
  }
}
