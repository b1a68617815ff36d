package dev.sluice.local.gateway;

import dev.sluice.local.identity.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The gateway as a process of its own. */
public final class GatewayMain {
  private GatewayMain() {}

  /** Arguments: the settings file, the signing key's PEM file. */
  public static void main(String[] args) throws Exception {
    Properties file = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
      file.load(reader);
    }
    Gateway gateway = new Gateway(GatewaySettings.read(file), Routes.standard());
    SigningKey key = SigningKey.fromPem(Files.readString(Path.of(args[1])));
    int port = gateway.listen(key).toCompletableFuture().get();
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
    System.out.println("Listening on port " + port);
  }
}
