package dev.sluice.support.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries a trace over what is no call: a row that a worker picks up later, a record of a topic.
 * Write {@link #current} beside the work, and do the work {@link #continuing} it.
 */
public final class TraceContext {
  private static final String HEADER = "traceparent";
  private static final TextMapGetter<String> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
          return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
          return HEADER.equals(key) ? carrier : null;
        }
      };

  private TraceContext() {}

  /** The W3C traceparent of the current trace; empty text when there is none. */
  public static String current() {
    Map<String, String> carrier = new HashMap<>();
    W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
    return carrier.getOrDefault(HEADER, "");
  }

  /**
   * Runs {@code work} in a span of the trace that {@code traceparent} names; without one, {@code
   * work} simply runs.
   */
  public static <T> Uni<T> continuing(String traceparent, String spanName, Supplier<Uni<T>> work) {
    if (traceparent.isEmpty()) {
      return Uni.createFrom().deferred(work::get);
    }
    return Uni.createFrom()
        .deferred(
            () -> {
              Context parent =
                  W3CTraceContextPropagator.getInstance()
                      .extract(Context.root(), traceparent, GETTER);
              Span span =
                  GlobalOpenTelemetry.getTracer("dev.sluice")
                      .spanBuilder(spanName)
                      .setParent(parent)
                      .setSpanKind(SpanKind.CONSUMER)
                      .startSpan();
              return inside(parent.with(span), span, work);
            });
  }

  /** The scope stays open until the work has ended, which no block can express. */
  @SuppressWarnings("MustBeClosedChecker")
  private static <T> Uni<T> inside(Context context, Span span, Supplier<Uni<T>> work) {
    Scope scope = context.makeCurrent();
    return Uni.createFrom()
        .deferred(work::get)
        .onFailure()
        .invoke(failure -> span.recordException(failure).setStatus(StatusCode.ERROR))
        .onTermination()
        .invoke(
            () -> {
              span.end();
              scope.close();
            });
  }
}
