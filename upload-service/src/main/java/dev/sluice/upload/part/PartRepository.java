package dev.sluice.upload.part;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.UploadId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of table {@code upload_part}. */
@ApplicationScoped
class PartRepository {

  /** Writes the parts and answers those that were not there yet, in order of their numbers. */
  Uni<List<StoredPart>> add(
      Mutiny.Session session, ProjectScope scope, UploadId id, Collection<StoredPart> parts) {
    if (parts.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return session
        .createNativeQuery(
            """
            with fresh as (
              insert into {h-schema}upload_part (upload_id, part_number, etag, size)
              select u.id, cast(n as int), e, cast(s as bigint)
              from {h-schema}upload u,
                unnest(string_to_array(:numbers, ','), string_to_array(:etags, ','),
                  string_to_array(:sizes, ',')) as t(n, e, s)
              where u.id = :id and u.project = :project
              on conflict do nothing returning part_number, size, etag)
            select part_number, size, etag from fresh order by part_number
            """,
            Object[].class)
        .setParameter("numbers", joined(parts, p -> Integer.toString(p.partNumber())))
        .setParameter("etags", joined(parts, StoredPart::etag))
        .setParameter("sizes", joined(parts, p -> Long.toString(p.size())))
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .getResultList()
        .map(rows -> rows.stream().map(PartRepository::part).toList());
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

  private static StoredPart part(Object[] row) {
    return new StoredPart(
        ((Number) row[0]).intValue(), ((Number) row[1]).longValue(), (String) row[2]);
  }

  private static String joined(
      Collection<StoredPart> parts, java.util.function.Function<StoredPart, String> form) {
    return parts.stream().map(form).collect(Collectors.joining(","));
  }

  /** Different parts, and their bytes together. */
  record Seen(int parts, long bytes) {}
}
