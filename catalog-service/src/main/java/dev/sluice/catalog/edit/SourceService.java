package dev.sluice.catalog.edit;

import dev.sluice.catalog.dataset.DatasetProblem;
import dev.sluice.catalog.edit.Edit.Bytes;
import dev.sluice.catalog.edit.Edit.Other;
import dev.sluice.catalog.edit.Edit.Put;
import dev.sluice.catalog.edit.Edit.Source;
import dev.sluice.catalog.edit.EditProblem.EditRefused;
import dev.sluice.catalog.edit.HeldRepository.Held;
import dev.sluice.catalog.file.FileSet;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionProblem;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Finds the bytes that puts mean, many at once, within the caller's transaction. */
@ApplicationScoped
class SourceService {
  private final HeldRepository held;
  private final VersionLookupService versions;
  private final FileSetService files;

  SourceService(HeldRepository held, VersionLookupService versions, FileSetService files) {
    this.held = held;
    this.versions = versions;
    this.files = files;
  }

  /** The file that each put means, by its line; 400 naming the first that means nothing. */
  Uni<Map<Long, VersionFile>> of(
      Mutiny.Session session, ProjectScope scope, String dataset, List<Edit> block) {
    List<Put> puts = block.stream().filter(Put.class::isInstance).map(Put.class::cast).toList();
    Map<Source, VersionFile> found = new HashMap<>();
    return bytes(session, scope, puts, found)
        .chain(() -> keys(session, scope, puts, found))
        .chain(() -> others(session, scope, dataset, puts, found))
        .chain(() -> files.own(session, scope, found.values().stream().distinct().toList()))
        .map(ignored -> byLine(puts, found));
  }

  private Uni<Void> bytes(
      Mutiny.Session session, ProjectScope scope, List<Put> puts, Map<Source, VersionFile> found) {
    List<Bytes> wanted = wanted(puts, Bytes.class);
    return wanted.isEmpty()
        ? Uni.createFrom().voidItem()
        : held.of(session, scope, wanted)
            .invoke(all -> all.forEach(o -> found.put(o.content(), file(o))))
            .replaceWithVoid();
  }

  private Uni<Void> keys(
      Mutiny.Session session, ProjectScope scope, List<Put> puts, Map<Source, VersionFile> found) {
    List<String> wanted = wanted(puts, Edit.Key.class).stream().map(Edit.Key::objectKey).toList();
    return wanted.isEmpty()
        ? Uni.createFrom().voidItem()
        : held.withKeys(session, scope, wanted)
            .invoke(all -> all.forEach(o -> found.put(new Edit.Key(o.objectKey()), file(o))))
            .replaceWithVoid();
  }

  private Uni<Void> others(
      Mutiny.Session session,
      ProjectScope scope,
      String dataset,
      List<Put> puts,
      Map<Source, VersionFile> found) {
    Map<VersionRef, Map<String, Put>> wanted = new LinkedHashMap<>();
    for (Put put : puts) {
      if (put.source() instanceof Other other) {
        wanted.computeIfAbsent(ref(dataset, other), ref -> new TreeMap<>()).put(other.path(), put);
      }
    }
    return Multi.createFrom()
        .iterable(wanted.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            version ->
                fileSet(session, scope, version.getKey(), version.getValue())
                    .flatMap(set -> files.find(session, scope, set, version.getValue().keySet()))
                    .invoke(
                        some ->
                            version
                                .getValue()
                                .forEach((path, put) -> keep(found, put, some.get(path)))))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<FileSet> fileSet(
      Mutiny.Session session, ProjectScope scope, VersionRef ref, Map<String, Put> puts) {
    long line = puts.values().stream().mapToLong(Put::line).min().orElseThrow();
    return versions
        .get(session, scope, ref.dataset(), ref.version())
        .map(found -> found.version().fileSet())
        .onFailure(SourceService::isOfTheRequest)
        .transform(
            e ->
                new EditRefused(line, "from", ref.dataset() + "@" + ref.version(), "a version here")
                    .exception());
  }

  private static void keep(Map<Source, VersionFile> found, Put put, @Nullable VersionFile file) {
    if (file != null) {
      found.put(put.source(), file);
    }
  }

  private static VersionRef ref(String dataset, Other other) {
    return new VersionRef(Objects.requireNonNullElse(other.dataset(), dataset), other.version());
  }

  private static boolean isOfTheRequest(Throwable failure) {
    return failure instanceof ProblemException e
        && (e.problem() instanceof VersionProblem
            || e.problem() instanceof DatasetProblem
            || e.problem() instanceof InvalidRequest);
  }

  private static <T extends Source> List<T> wanted(List<Put> puts, Class<T> kind) {
    return puts.stream()
        .map(Put::source)
        .filter(kind::isInstance)
        .map(kind::cast)
        .distinct()
        .toList();
  }

  private static Map<Long, VersionFile> byLine(List<Put> puts, Map<Source, VersionFile> found) {
    Map<Long, VersionFile> byLine = HashMap.newHashMap(puts.size());
    for (Put put : puts) {
      VersionFile file = found.get(put.source());
      if (file == null) {
        throw refused(put).exception();
      }
      byLine.put(put.line(), file);
    }
    return byLine;
  }

  private static EditRefused refused(Put put) {
    return switch (put.source()) {
      case Bytes b ->
          new EditRefused(
              put.line(),
              "sha256",
              b.sha256(),
              "bytes that the project holds, " + b.size() + " of them");
      case Edit.Key k ->
          new EditRefused(
              put.line(), "objectKey", k.objectKey(), "an object that the project holds");
      case Other o ->
          new EditRefused(put.line(), "from.path", o.path(), "a file of " + o.version());
    };
  }

  /** The path is that of the put. */
  private static VersionFile file(Held object) {
    return new VersionFile(
        "held",
        object.content().size(),
        object.content().sha256(),
        object.mediaType(),
        object.objectKey(),
        object.crc32c(),
        null);
  }
}
