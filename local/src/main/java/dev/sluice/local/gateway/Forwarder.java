package dev.sluice.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Passes a request on to a service and its response back, both as streams. */
final class Forwarder {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "host");

  private final HttpClient client;

  Forwarder(HttpClient client) {
    this.client = client;
  }

  void forward(HttpServerRequest request, String service, URI upstream) {
    request.pause();
    RequestOptions target =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(upstream.getHost())
            .setPort(upstream.getPort())
            .setURI(request.uri());
    client
        .request(target)
        .compose(outgoing -> send(request, outgoing))
        .compose(incoming -> answer(request, incoming))
        .onFailure(away -> Problems.serviceAway(request, service));
  }

  private static Future<HttpClientResponse> send(
      HttpServerRequest request, HttpClientRequest outgoing) {
    copy(request.headers(), outgoing.headers());
    String host = request.getHeader("Host");
    if (host != null) {
      outgoing.putHeader("X-Forwarded-Host", host);
    }
    outgoing.putHeader("X-Forwarded-Proto", "http");
    outgoing.putHeader("X-Forwarded-For", request.remoteAddress().hostAddress());
    request.response().closeHandler(gone -> outgoing.reset());
    boolean hasBody =
        request.getHeader("Content-Length") != null
            || request.getHeader("Transfer-Encoding") != null;
    if (hasBody) {
      return outgoing.send(request);
    }
    request.resume();
    return outgoing.send();
  }

  private static Future<Void> answer(HttpServerRequest request, HttpClientResponse incoming) {
    HttpServerResponse response = request.response();
    response.setStatusCode(incoming.statusCode()).setStatusMessage(incoming.statusMessage());
    copy(incoming.headers(), response.headers());
    if (incoming.getHeader("Content-Length") == null) {
      response.setChunked(true);
    }
    // An answer that the service cut must not end here as if it were whole.
    return incoming.pipe().endOnFailure(false).to(response);
  }

  private static void copy(MultiMap from, MultiMap to) {
    for (Map.Entry<String, String> header : from) {
      if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }
}
