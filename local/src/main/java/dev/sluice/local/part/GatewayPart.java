package dev.sluice.local.part;

import dev.sluice.local.gateway.GatewaySettings;
import dev.sluice.local.gateway.Origins;
import dev.sluice.local.identity.SigningKey;
import dev.sluice.local.process.JavaCommand;
import dev.sluice.local.process.Launch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The gateway with the development issuer, on the loopback address. */
public final class GatewayPart extends ProcessPart {
  private static final int PORT = 8_080;
  private static final int HEAP_MIB = 64;
  private static final int REDIRECTION = 300;

  private final Supplier<Map<String, URI>> upstreams;
  private final Map<String, String> clientSecrets;

  /** A gateway to services at these addresses; each may get tokens with its secret. */
  public GatewayPart(
      PartContext context, Supplier<Map<String, URI>> upstreams, Map<String, String> secrets) {
    super(context, "gateway", PORT);
    this.upstreams = upstreams;
    this.clientSecrets = Map.copyOf(secrets);
  }

  /** Address of the development issuer, also the {@code iss} of its tokens. */
  public String issuer() {
    return address() + "/issuer";
  }

  @Override
  public String address() {
    return "http://" + LOOPBACK + ":" + port();
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(2);
  }

  /** Ready means: the issuer shows its discovery document. */
  @Override
  public boolean isReady() {
    return isAlive()
        && Readiness.answers(issuer() + "/.well-known/openid-configuration", REDIRECTION);
  }

  @Override
  String fingerprint() {
    return new GatewaySettings(port(), upstreams.get(), clientSecrets, Origins.configured()).text();
  }

  @Override
  Launch launch() {
    SigningKey.in(context().state());
    Path file = context().state().writePrivately("gateway.properties", fingerprint());
    Path key = context().state().path().resolve("issuer-key.pem");
    return Launch.of(
        name(),
        new JavaCommand(context().installation(), HEAP_MIB)
            .flag("-XX:TieredStopAtLevel=1")
            .flag("-XX:MaxDirectMemorySize=64m")
            .flag("-Dvertx.disableDnsResolver=true")
            .main("dev.sluice.local.gateway.GatewayMain", file.toString(), key.toString()),
        Map.of("MALLOC_ARENA_MAX", "2"));
  }
}
