package dev.sluice.support.identity;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** This service's own bearer token (OAuth 2 client credentials), renewed before it expires. */
@ApplicationScoped
public class ServiceToken {
  private final OidcClient client;
  private final AtomicReference<@Nullable Tokens> current = new AtomicReference<>();

  ServiceToken(OidcClient client) {
    this.client = client;
  }

  /** The value of the {@code Authorization} header. */
  public Uni<String> bearer() {
    Tokens tokens = current.get();
    if (tokens != null
        && !tokens.isAccessTokenExpired()
        && !tokens.isAccessTokenWithinRefreshInterval()) {
      return Uni.createFrom().item("Bearer " + tokens.getAccessToken());
    }
    return client.getTokens().invoke(current::set).map(fresh -> "Bearer " + fresh.getAccessToken());
  }
}
