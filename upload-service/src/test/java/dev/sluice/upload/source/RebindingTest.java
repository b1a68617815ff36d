package dev.sluice.upload.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.support.address.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A resolver that changes its mind between looking and connecting changes nothing. */
class RebindingTest {
  private static final int RACES = 2_000;
  private static final String OUTSIDE = "127.0.0.2";
  private static final String INSIDE = "127.0.0.1";

  @Test
  void neverConnectsToTheSecondAnswer() throws IOException {
    try (ScriptedServer outside = serving();
        Canary canary = Canary.at(INSIDE, outside.port())) {
      AtomicInteger lookups = new AtomicInteger();
      Attempt attempt =
          attempt(
              outside,
              name ->
                  InetAddress.getAllByName(lookups.getAndIncrement() % 2 == 0 ? OUTSIDE : INSIDE));

      Map<String, AtomicInteger> outcomes = race(attempt, outside.port());

      assertThat(canary.hits()).isZero();
      assertThat(outcomes.keySet()).isSubsetOf("open", "Refused");
      assertThat(outcomes.get("open")).hasPositiveValue();
      assertThat(outcomes.get("Refused")).hasPositiveValue();
    }
  }

  @Test
  void refusesAnswersThatAreMixed() throws IOException {
    try (ScriptedServer outside = serving();
        Canary canary = Canary.at(INSIDE, outside.port())) {
      Attempt attempt =
          attempt(
              outside,
              name ->
                  new InetAddress[] {
                    InetAddress.getAllByName(OUTSIDE)[0], InetAddress.getAllByName(INSIDE)[0]
                  });

      Map<String, AtomicInteger> outcomes = race(attempt, outside.port());

      assertThat(outcomes.keySet()).containsExactly("Refused");
      assertThat(canary.hits()).isZero();
      assertThat(outside.asked()).isEmpty();
    }
  }

  private static ScriptedServer serving() throws IOException {
    byte[] content = {1, 2, 3};
    return ScriptedServer.at(
        OUTSIDE,
        0,
        (asked, reply) -> reply.head("200 OK", "Content-Length: 3").body(content, 0, 3));
  }

  private static Attempt attempt(ScriptedServer outside, AddressGuard.Resolver resolver) {
    SourceSettings settings =
        SourceSettings.strict(List.of(Integer.toString(outside.port()))).allowing(OUTSIDE + "/32");
    AddressGuard guard =
        AddressGuard.of(
            new AddressGuard.Rules("sluice.test", List.of(OUTSIDE), settings.allowedPorts()),
            resolver);
    return Attempt.with(new SourceService(settings, StoreSettings.none(), guard));
  }

  private static Map<String, AtomicInteger> race(Attempt attempt, int port) {
    Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    try (ExecutorService racers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < RACES; i++) {
        String url = "http://host-" + i + ".test:" + port + "/file";
        racers.execute(
            () ->
                outcomes
                    .computeIfAbsent(attempt.of(url), kind -> new AtomicInteger())
                    .incrementAndGet());
      }
    }
    return outcomes;
  }
}
