package dev.sluice.catalog.webhook;

import dev.sluice.catalog.webhook.WebhookProblem.AddressRefused;
import dev.sluice.support.address.AddressException;
import dev.sluice.support.address.AddressGuard;
import dev.sluice.support.address.GuardedHttp;
import dev.sluice.support.address.ShownText;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends deliveries to checked addresses and follows no redirect; its calls block. */
@ApplicationScoped
class WebhookClient {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int LONGEST_URL = 2_000;

  private final AddressGuard guard;
  private final OkHttpClient http;
  private final boolean allowHttp;
  private final Clock clock;

  WebhookClient(WebhookConfig config, Clock clock) {
    this.guard =
        AddressGuard.of(
            new AddressGuard.Rules(
                "sluice.webhook",
                config.allowedAddresses().orElse(List.of()),
                config.allowedPorts()));
    this.http =
        GuardedHttp.client(guard, config.connectTimeout(), config.timeout())
            .newBuilder()
            .callTimeout(config.timeout())
            .build();
    this.allowHttp = config.allowHttp();
    this.clock = clock;
  }

  /** The address, when it may be sent to; one whose name is not known yet may. */
  String checked(@Nullable String text) {
    HttpUrl url = text == null || text.length() > LONGEST_URL ? null : HttpUrl.parse(text);
    if (url == null
        || !(url.isHttps() || allowHttp)
        || !url.encodedUsername().isEmpty()
        || !url.encodedPassword().isEmpty()) {
      throw InvalidRequest.of(
              "url",
              ShownText.of(String.valueOf(text)),
              allowHttp ? "an http or https URL without a user" : "an https URL without a user")
          .exception();
    }
    try {
      guard.resolve(url.host(), url.port());
    } catch (AddressException.Refused e) {
      throw new AddressRefused(String.valueOf(e.getMessage())).exception();
    } catch (AddressException e) {
      return url.toString();
    }
    return url.toString();
  }

  /** Makes one attempt; whatever goes wrong is in what it returns. */
  Attempt send(Message message) {
    Instant now = clock.instant();
    long started = System.nanoTime();
    try (Response response = http.newCall(request(message, now)).execute()) {
      return new Attempt(now, response.code(), null, millisSince(started));
    } catch (IOException e) {
      String why =
          AddressException.in(e)
              .map(Throwable::getMessage)
              .orElseGet(() -> e.getClass().getSimpleName() + ": " + e.getMessage());
      return new Attempt(now, null, ShownText.of(String.valueOf(why)), millisSince(started));
    }
  }

  private static Request request(Message message, Instant now) {
    long timestamp = now.getEpochSecond();
    return new Request.Builder()
        .url(message.url())
        .header("User-Agent", "sluice-webhooks")
        .header("webhook-id", message.messageId())
        .header("webhook-timestamp", Long.toString(timestamp))
        .header("webhook-signature", message.signature(timestamp))
        .post(RequestBody.create(message.body(), JSON))
        .build();
  }

  private static int millisSince(long started) {
    return (int) Duration.ofNanos(System.nanoTime() - started).toMillis();
  }
}
