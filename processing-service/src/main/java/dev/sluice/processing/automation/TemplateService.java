package dev.sluice.processing.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.automation.AutomationProblem.TemplateInUse;
import dev.sluice.processing.automation.AutomationProblem.TemplateNotFound;
import dev.sluice.processing.automation.TemplateRequest.Checked;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.run.RunService;
import dev.sluice.processing.run.RunView;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Keeps templates, and starts runs of them. */
@ApplicationScoped
class TemplateService {
  private final Transactions transactions;
  private final TemplateRepository templates;
  private final TriggerRepository triggers;
  private final RunService runs;

  TemplateService(
      Transactions transactions,
      TemplateRepository templates,
      TriggerRepository triggers,
      RunService runs) {
    this.transactions = transactions;
    this.templates = templates;
    this.triggers = triggers;
    this.runs = runs;
  }

  /** Keeps a template under the next number; one that is as the newest is that one. */
  Uni<Template> keep(ProjectScope scope, Checked wanted) {
    return transactions.in(
        session ->
            templates
                .lock(session, scope, wanted.name())
                .chain(() -> templates.find(session, scope, wanted.name(), null))
                .flatMap(newest -> keep(session, scope, wanted, newest)));
  }

  private Uni<Template> keep(
      Mutiny.Session session, ProjectScope scope, Checked wanted, Optional<Template> newest) {
    Optional<Template> same =
        newest
            .filter(known -> known.manifest().equals(wanted.manifest()))
            .filter(known -> known.parameters().equals(wanted.parameters()));
    if (same.isPresent()) {
      return Uni.createFrom().item(same.orElseThrow());
    }
    Template template =
        new Template(
            scope.project(),
            wanted.name(),
            newest.map(Template::number).orElse(0) + 1,
            wanted.manifest(),
            wanted.parameters(),
            scope.caller(),
            Instant.now().truncatedTo(ChronoUnit.MICROS));
    return templates.insert(session, scope, template).replaceWith(template);
  }

  /** The newest of each template, by name. */
  Uni<List<Template>> list(ProjectScope scope) {
    return transactions.reading(session -> templates.list(session, scope));
  }

  /** One template; the newest without a number. */
  Uni<Template> get(ProjectScope scope, String name, @Nullable Integer number) {
    return transactions
        .reading(session -> templates.find(session, scope, name, number))
        .map(found -> found.orElseThrow(() -> absent(name)));
  }

  /** Forgets a template that no trigger runs. */
  Uni<Void> delete(ProjectScope scope, String name) {
    return transactions.in(
        session ->
            triggers
                .ofTemplate(session, scope, name)
                .invoke(
                    users -> {
                      if (!users.isEmpty()) {
                        throw new TemplateInUse(name, users.getFirst()).exception();
                      }
                    })
                .chain(() -> templates.delete(session, scope, name))
                .invoke(
                    removed -> {
                      if (removed == 0) {
                        throw absent(name);
                      }
                    })
                .replaceWithVoid());
  }

  /** Starts a run of a template with these values. */
  Uni<RunView> run(ProjectScope scope, String name, Order order, @Nullable String key) {
    Map<String, String> bound = Occasion.byHand(scope.project(), Instant.now());
    return get(scope, name, order.number())
        .flatMap(
            template ->
                runs.request(
                    scope,
                    ManifestReader.read(Filling.fill(template, order.valuesOrNone(), bound)),
                    key));
  }

  private static RuntimeException absent(String name) {
    return new TemplateNotFound(name).exception();
  }

  /**
   * What to run.
   *
   * @param number the newest when absent
   */
  record Order(@Nullable Integer number, @Nullable Map<String, JsonNode> values) {
    Map<String, JsonNode> valuesOrNone() {
      return values == null ? Map.of() : values;
    }
  }
}
