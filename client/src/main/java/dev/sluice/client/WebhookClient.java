package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Webhooks of one project. */
public final class WebhookClient {

  private final HttpTransport http;
  private final String root;

  WebhookClient(HttpTransport http, String project) {
    this.http = http;
    this.root = "/api/v1/projects" + ApiRequest.path(project, "webhooks");
  }

  /** Tells an address what happens; the answer alone has the secret. */
  public Webhook add(String url, List<String> types) {
    return http.send(
        ApiRequest.of("POST", root).json(Map.of("url", url, "types", types)),
        new TypeReference<>() {});
  }

  /** All webhooks. */
  public Stream<Webhook> list() {
    return Paging.of(http, root, Map.of(), new TypeReference<>() {});
  }

  /** Removes a webhook with its log. */
  public void remove(String webhook) {
    http.send(ApiRequest.of("DELETE", at(webhook)));
  }

  /** Sends a test. */
  public void ping(String webhook) {
    http.send(ApiRequest.of("POST", at(webhook) + "/ping"));
  }

  /** Gives a new secret; the one before signs along for a while. */
  public Webhook rotate(String webhook) {
    return http.send(ApiRequest.of("POST", at(webhook) + "/secret"), new TypeReference<>() {});
  }

  /** Deliveries with their attempts, newest first. */
  public Stream<WebhookDelivery> log(String webhook) {
    return Paging.of(http, at(webhook) + "/deliveries", Map.of(), new TypeReference<>() {});
  }

  /** Sends one delivery again, under the same message id. */
  public void replay(String webhook, long delivery) {
    http.send(ApiRequest.of("POST", at(webhook) + "/deliveries/" + delivery + "/replay"));
  }

  /** Sends what ended, of facts of a period, again. */
  public void replay(String webhook, Instant from, Instant to) {
    http.send(
        ApiRequest.of("POST", at(webhook) + "/replay")
            .json(Map.of("from", from.toString(), "to", to.toString())));
  }

  private String at(String webhook) {
    return root + ApiRequest.path(webhook);
  }
}
