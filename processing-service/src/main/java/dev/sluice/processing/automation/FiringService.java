package dev.sluice.processing.automation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.DatasetEvent.VersionReleased;
import dev.sluice.processing.automation.FiringRepository.Came;
import dev.sluice.processing.automation.Trigger.Kind;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.run.RunId;
import dev.sluice.processing.run.RunService;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Fires triggers inside the caller's transaction: the occasion is taken, the run is written and the
 * outcome is told, all or nothing, so that each occasion starts one run.
 */
@ApplicationScoped
public class FiringService {
  private static final int DEEPEST = 8;

  private final TriggerRepository triggers;
  private final TemplateRepository templates;
  private final FiringRepository firings;
  private final RunService runs;
  private final ProjectAccess access;

  FiringService(
      TriggerRepository triggers,
      TemplateRepository templates,
      FiringRepository firings,
      RunService runs,
      ProjectAccess access) {
    this.triggers = triggers;
    this.templates = templates;
    this.firings = firings;
    this.runs = runs;
    this.access = access;
  }

  /** A version was made. */
  public Uni<Void> created(Mutiny.Session session, VersionCreated event) {
    ProjectScope scope = ProjectScope.system(event.project());
    return triggers
        .waiting(session, scope, Kind.VERSION_CREATED, event.occurredAt())
        .map(all -> wanted(all, event.dataset()))
        .flatMap(
            all ->
                all.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : chain(session, makerOf(event))
                        .flatMap(
                            chain ->
                                fireAll(
                                    session,
                                    all,
                                    Occasion.version(
                                        event.project(),
                                        event.dataset(),
                                        event.version(),
                                        event.occurredAt()),
                                    chain)));
  }

  /** The run that made a version, or had its source imported as one. */
  private static Optional<UUID> makerOf(VersionCreated event) {
    UUID id = event.producedBy().runId();
    if (id == null) {
      return Optional.empty();
    }
    return Optional.of(
        event.producedBy().kind().equals("import") ? RunId.ofImport(id).value() : id);
  }

  /** A version was released. */
  public Uni<Void> released(Mutiny.Session session, VersionReleased event) {
    ProjectScope scope = ProjectScope.system(event.project());
    return triggers
        .waiting(session, scope, Kind.VERSION_RELEASED, event.occurredAt())
        .map(all -> wanted(all, event.dataset()))
        .flatMap(
            all ->
                all.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : runs.makerOf(session, scope, event.datasetId(), event.version())
                        .flatMap(maker -> chain(session, maker))
                        .flatMap(
                            chain ->
                                fireAll(
                                    session,
                                    all,
                                    Occasion.version(
                                        event.project(),
                                        event.dataset(),
                                        event.version(),
                                        event.occurredAt()),
                                    chain)));
  }

  private static List<Trigger> wanted(List<Trigger> all, String dataset) {
    return all.stream().filter(trigger -> trigger.wants(dataset)).toList();
  }

  private Uni<List<UUID>> chain(Mutiny.Session session, Optional<UUID> run) {
    return run.map(id -> firings.chainAnyProject(session, id))
        .orElseGet(() -> Uni.createFrom().item(List.of()));
  }

  private Uni<Void> fireAll(
      Mutiny.Session session, List<Trigger> all, Occasion occasion, List<UUID> chain) {
    Uni<Void> fired = Uni.createFrom().voidItem();
    for (Trigger trigger : all) {
      fired = fired.chain(() -> fire(session, trigger, occasion, chain));
    }
    return fired;
  }

  /**
   * Starts the run of an occasion, once, and writes down what came of it.
   *
   * @param chain triggers that led here, the oldest first
   */
  Uni<Void> fire(Mutiny.Session session, Trigger trigger, Occasion occasion, List<UUID> chain) {
    ProjectScope scope = ProjectScope.system(trigger.project());
    return firings
        .take(session, scope, trigger, occasion)
        .flatMap(
            fresh ->
                fresh
                    ? start(session, trigger, occasion, chain)
                        .onFailure(FiringService::isFinal)
                        .recoverWithItem(FiringService::refusal)
                        .flatMap(came -> firings.record(session, scope, trigger, occasion, came))
                    : Uni.createFrom().voidItem());
  }

  private Uni<Came> start(
      Mutiny.Session session, Trigger trigger, Occasion occasion, List<UUID> chain) {
    if (chain.contains(trigger.id())) {
      return Uni.createFrom().item(Came.cut("the version comes of this trigger's own run"));
    }
    if (chain.size() >= DEEPEST) {
      return Uni.createFrom().item(Came.cut(DEEPEST + " triggers led here already"));
    }
    ProjectScope system = ProjectScope.system(trigger.project());
    return templates
        .find(session, system, trigger.template(), trigger.templateNumber())
        .flatMap(
            template ->
                template.isEmpty()
                    ? Uni.createFrom().item(Came.refused("its template is gone"))
                    : run(session, trigger, template.orElseThrow(), occasion, chain));
  }

  private Uni<Came> run(
      Mutiny.Session session,
      Trigger trigger,
      Template template,
      Occasion occasion,
      List<UUID> chain) {
    UUID id = UUID.nameUUIDFromBytes((trigger.id() + "/" + occasion.key()).getBytes(UTF_8));
    List<UUID> longer = new ArrayList<>(chain);
    longer.add(trigger.id());
    return access
        .scope(trigger.project(), trigger.createdBy(), Role.EDITOR)
        .flatMap(
            scope ->
                runs.triggered(
                        session,
                        new RunId(id),
                        scope,
                        ManifestReader.read(
                            Filling.fill(template, trigger.values(), occasion.values())))
                    .chain(() -> firings.saveChain(session, scope, id, longer)))
        .replaceWith(Came.started(id));
  }

  /** A problem that another try would meet again; all else takes the transaction back. */
  private static boolean isFinal(Throwable failure) {
    return failure instanceof ProblemException e && !e.problem().transientFailure();
  }

  private static Came refusal(Throwable failure) {
    return failure instanceof ProblemException e
        ? Came.refused(e.problem().code() + ": " + e.problem().detail())
        : Came.refused(String.valueOf(failure.getMessage()));
  }
}
