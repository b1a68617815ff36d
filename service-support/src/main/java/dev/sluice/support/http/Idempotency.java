package dev.sluice.support.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.support.problem.CommonProblem.IdempotencyKeyReused;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Runs a creating request once for each {@code Idempotency-Key}; the answer is stored in the same
 * transaction as the effect and replayed for at least 24 hours.
 */
@ApplicationScoped
public class Idempotency {
  private final ObjectMapper json;

  Idempotency(ObjectMapper json) {
    this.json = json;
  }

  /**
   * The stored answer, or {@code work}'s answer after storing it.
   *
   * @throws dev.sluice.support.problem.ProblemException 422 when the key was used for another body
   */
  public <T> Uni<T> once(
      Mutiny.Session session, IdempotentRequest request, Class<T> type, Supplier<Uni<T>> work) {
    if (request.key() == null) {
      return work.get();
    }
    return lock(session, request)
        .flatMap(locked -> stored(session, request))
        .flatMap(
            rows ->
                rows.isEmpty()
                    ? work.get().call(answer -> store(session, request, answer))
                    : Uni.createFrom().item(() -> replay(request, rows.getFirst(), type)));
  }

  private Uni<?> lock(Mutiny.Session session, IdempotentRequest request) {
    return session
        .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .setParameter("lock", request.caller() + "/" + request.operation() + "/" + request.key())
        .getResultList();
  }

  private Uni<List<Object[]>> stored(Mutiny.Session session, IdempotentRequest request) {
    return session
        .createNativeQuery(
            """
            select request_hash, response from {h-schema}idempotency_key
            where caller = :caller and operation = :operation and key = :key
            """,
            Object[].class)
        .setParameter("caller", request.caller())
        .setParameter("operation", request.operation())
        .setParameter("key", request.key())
        .getResultList();
  }

  private <T> Uni<?> store(Mutiny.Session session, IdempotentRequest request, T answer) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}idempotency_key (caller, operation, key, request_hash, response)
            values (:caller, :operation, :key, :hash, :response)
            """)
        .setParameter("caller", request.caller())
        .setParameter("operation", request.operation())
        .setParameter("key", request.key())
        .setParameter("hash", request.requestHash())
        .setParameter("response", write(answer))
        .executeUpdate();
  }

  private <T> T replay(IdempotentRequest request, Object[] row, Class<T> type) {
    if (!request.requestHash().equals(row[0])) {
      throw new IdempotencyKeyReused(String.valueOf(request.key())).exception();
    }
    try {
      return json.readValue((String) row[1], type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored answer cannot be read", e);
    }
  }

  private String write(Object answer) {
    try {
      return json.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be stored", e);
    }
  }
}
