package dev.sluice.upload.part;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.UploadId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of table {@code upload_part}. */
@ApplicationScoped
class PartRepository {

  /**
   * Writes the parts of uploads and answers those that were not there yet; a checksum that is told
   * later is kept.
   *
   * @param merged whether these are the parts that make the object
   */
  Uni<Map<UploadId, List<StoredPart>>> add(
      Mutiny.Session session,
      ProjectScope scope,
      Map<UploadId, List<StoredPart>> parts,
      boolean merged) {
    List<Line> lines = parts.entrySet().stream().flatMap(Line::of).toList();
    if (lines.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return session
        .createNativeQuery(
            """
            insert into {h-schema}upload_part as p
              (upload_id, part_number, etag, size, crc32c, merged)
            select u.id, cast(n as int), e, cast(s as bigint), nullif(c, ''), :merged
            from unnest(string_to_array(:ids, ','), string_to_array(:numbers, ','),
              string_to_array(:etags, ','), string_to_array(:sizes, ','),
              string_to_array(:sums, ',')) as t(i, n, e, s, c)
            join {h-schema}upload u on u.id = cast(i as uuid) and u.project = :project
            on conflict (upload_id, part_number, etag) do update
              set crc32c = coalesce(p.crc32c, excluded.crc32c),
                  merged = p.merged or excluded.merged
            returning upload_id, part_number, size, etag, crc32c, p.xmax = 0
            """,
            Object[].class)
        .setParameter("ids", joined(lines, l -> l.id().toString()))
        .setParameter("numbers", joined(lines, l -> Integer.toString(l.part().partNumber())))
        .setParameter("etags", joined(lines, l -> l.part().etag()))
        .setParameter("sizes", joined(lines, l -> Long.toString(l.part().size())))
        .setParameter("sums", joined(lines, l -> l.part().crc32c().orElse("")))
        .setParameter("merged", merged)
        .setParameter("project", scope.project())
        .getResultList()
        .map(PartRepository::fresh);
  }

  /** The parts that are written down, by upload, in the order of their numbers. */
  Uni<Map<UploadId, List<StoredPart>>> of(
      Mutiny.Session session, ProjectScope scope, Collection<UploadId> ids, boolean mergedOnly) {
    return session
        .createNativeQuery(
            """
            select p.upload_id, p.part_number, p.size, p.etag, p.crc32c, true
            from {h-schema}upload_part p join {h-schema}upload u on u.id = p.upload_id
            where u.id = any(cast(string_to_array(:ids, ',') as uuid[]))
              and u.project = :project and (p.merged or not :merged)
            order by p.part_number, p.seen_at
            """,
            Object[].class)
        .setParameter("ids", joined(ids, UploadId::toString))
        .setParameter("project", scope.project())
        .setParameter("merged", mergedOnly)
        .getResultList()
        .map(PartRepository::fresh);
  }

  /** Forgets parts that turned out to be wrong, and that any part makes the object. */
  Uni<Void> reopen(
      Mutiny.Session session, ProjectScope scope, UploadId id, Collection<Integer> wrong) {
    return session
        .createNativeQuery(
            """
            with mine as (select id from {h-schema}upload where id = :id and project = :project),
              gone as (
                delete from {h-schema}upload_part p using mine
                where p.upload_id = mine.id
                  and p.part_number = any(cast(string_to_array(:wrong, ',') as int[])))
            update {h-schema}upload_part p set merged = false from mine
            where p.upload_id = mine.id
              and p.part_number <> all(cast(string_to_array(:wrong, ',') as int[]))
            """)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .setParameter("wrong", joined(wrong, n -> Integer.toString(n)))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** How many different parts were seen, and their bytes. */
  Uni<Seen> seen(Mutiny.Session session, ProjectScope scope, UploadId id) {
    return session
        .createNativeQuery(
            """
            select count(*), coalesce(sum(size), 0) from (
              select distinct p.part_number, p.size
              from {h-schema}upload_part p join {h-schema}upload u on u.id = p.upload_id
              where u.id = :id and u.project = :project) as parts
            """,
            Object[].class)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .getSingleResult()
        .map(row -> new Seen(((Number) row[0]).intValue(), ((Number) row[1]).longValue()));
  }

  private static Map<UploadId, List<StoredPart>> fresh(List<Object[]> rows) {
    return rows.stream()
        .filter(row -> (Boolean) row[5])
        .collect(
            Collectors.groupingBy(
                row -> new UploadId((java.util.UUID) row[0]),
                Collectors.mapping(PartRepository::part, Collectors.toList())));
  }

  private static StoredPart part(Object[] row) {
    return new StoredPart(
        ((Number) row[1]).intValue(),
        ((Number) row[2]).longValue(),
        (String) row[3],
        Optional.ofNullable((String) row[4]));
  }

  private static <T> String joined(Collection<T> all, Function<T, String> form) {
    return all.stream().map(form).collect(Collectors.joining(","));
  }

  private record Line(UploadId id, StoredPart part) {
    static java.util.stream.Stream<Line> of(Map.Entry<UploadId, List<StoredPart>> entry) {
      return entry.getValue().stream().map(part -> new Line(entry.getKey(), part));
    }
  }

  /** Different parts, and their bytes together. */
  record Seen(int parts, long bytes) {}
}
