package dev.sluice.local.gateway;

import dev.sluice.local.identity.SigningKey;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The one address of the local stack, on the loopback interface only. */
public final class Gateway implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int CONNECT_MILLIS = 2_000;
  private static final int POOL = 64;
  private static final int EVENT_LOOPS = 2;

  private final Vertx vertx;
  private final GatewaySettings settings;
  private final Routes routes;
  private final Forwarder forwarder;
  private final HttpServer server;

  /** A gateway that does not listen yet. */
  public Gateway(GatewaySettings settings, Routes routes) {
    this.settings = settings;
    this.routes = routes;
    this.vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setPreferNativeTransport(false));
    this.forwarder =
        new Forwarder(
            vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
                new PoolOptions().setHttp1MaxSize(POOL)));
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions().setHost(LOOPBACK).setHandle100ContinueAutomatically(true));
  }

  /** Listens; the stage ends with the port. The issuer's address is known only then. */
  public CompletionStage<Integer> listen(SigningKey key) {
    int port = settings.port();
    String issuer = "http://" + LOOPBACK + ":" + port + DevelopmentIssuer.PATH;
    DevelopmentIssuer development = new DevelopmentIssuer(key, settings.clientSecrets(), issuer);
    server.requestHandler(request -> handle(request, development));
    return server.listen(port).map(HttpServer::actualPort).toCompletionStage();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void handle(HttpServerRequest request, DevelopmentIssuer issuer) {
    if (settings.origins().answered(request)) {
      return;
    }
    String path = request.path() == null ? "" : request.path();
    if (path.startsWith(DevelopmentIssuer.PATH + "/")) {
      issuer.handle(request);
      return;
    }
    Optional<String> service = routes.serviceOf(path);
    if (service.isEmpty()) {
      Problems.noRoute(request);
      return;
    }
    URI upstream = settings.upstreams().get(service.get());
    if (upstream == null) {
      Problems.serviceAway(request, service.get());
      return;
    }
    forwarder.forward(request, service.get(), upstream);
  }
}
