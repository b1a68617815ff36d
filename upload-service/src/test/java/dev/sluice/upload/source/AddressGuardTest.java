package dev.sluice.upload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.support.address.AddressException;
import dev.sluice.support.address.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No spelling of an address gets a connection to where imports must not go. */
class AddressGuardTest {
  private Canary canary;
  private SourceSettings settings;

  @BeforeEach
  void listen() throws IOException {
    canary = Canary.everywhere(0);
    settings = SourceSettings.strict(List.of("80", "443", Integer.toString(canary.port())));
  }

  @AfterEach
  void stop() throws IOException {
    canary.close();
  }

  /** All names lead to this machine: the worst resolver there is. */
  private Sources sources(SourceSettings of) {
    AddressGuard guard =
        AddressGuard.of(SourceService.rules(of), name -> InetAddress.getAllByName("127.0.0.1"));
    return new SourceService(of, StoreSettings.none(), guard);
  }

  @Test
  void refusesEverySpellingOfUrl() {
    assertAllRefused(UnaryOperator.identity());
  }

  @Test
  void refusesEverySpellingOfS3Endpoint() {
    assertAllRefused(Attempt::s3);
  }

  @Test
  void refusesEverySpellingOfNfsHost() {
    assertAllRefused(Attempt::nfs);
  }

  private void assertAllRefused(UnaryOperator<String> form) {
    List<String> urls = Spellings.urls(canary.port());
    assertThat(urls).hasSizeGreaterThan(300);
    Attempt attempt = Attempt.with(sources(settings));

    Map<String, String> let = new TreeMap<>();
    for (String url : urls) {
      String outcome = attempt.of(form.apply(url));
      if (!List.of("Refused", "Invalid", "no-uri").contains(outcome)) {
        let.put(url, outcome);
      }
    }

    assertThat(canary.hits()).isZero();
    assertThat(let).isEmpty();
  }

  @Test
  void refusesRedirectsToEverySpelling() throws IOException {
    String[] location = {""};
    try (ScriptedServer redirecting =
        ScriptedServer.at(
            "127.0.0.2",
            0,
            (asked, reply) ->
                reply.head("302 Found", "Location: " + location[0], "Content-Length: 0"))) {
      Attempt attempt =
          Attempt.with(
              sources(
                  SourceSettings.strict(
                          List.of(
                              "80",
                              "443",
                              Integer.toString(canary.port()),
                              Integer.toString(redirecting.port())))
                      .allowing("127.0.0.2/32")));

      Map<String, String> let = new TreeMap<>();
      for (String url : Spellings.urls(canary.port())) {
        location[0] = url;
        String outcome = attempt.of(redirecting.url("/file").toString());
        if (!List.of("Refused", "Invalid").contains(outcome)) {
          let.put(url, outcome);
        }
      }

      assertThat(canary.hits()).isZero();
      assertThat(let).isEmpty();
    }
  }

  /** Shows that the canary can be reached, so that its silence means something. */
  @Test
  void reachesWhatIsAllowed() {
    Attempt attempt = Attempt.with(sources(settings.allowing("0.0.0.0/0", "::/0")));

    String outcome = attempt.of("http://127.0.0.1:" + canary.port() + "/");

    assertThat(outcome).isEqualTo("Unreachable");
    assertThat(canary.hits()).isPositive();
  }

  @Test
  void refusesHostWithOneAddressInside() throws IOException {
    AddressGuard guard =
        AddressGuard.of(
            new AddressGuard.Rules("sluice.test", List.of(), List.of("80")),
            name ->
                new InetAddress[] {
                  InetAddress.getByName("93.184.216.34"), InetAddress.getByName("10.0.0.1")
                });

    assertThatThrownBy(() -> guard.resolve("two.test", 80))
        .isInstanceOf(AddressException.Refused.class)
        .hasMessageContaining("private")
        .hasMessageNotContaining("10.0.0.1");
  }

  @Test
  void answersPublicAddresses() throws IOException {
    AddressGuard guard =
        AddressGuard.of(
            new AddressGuard.Rules("sluice.test", List.of(), List.of("80", "9000-9010")),
            name -> InetAddress.getAllByName("93.184.216.34"));

    assertThat(guard.resolve("one.test", 9_005)).hasSize(1);
    assertThat(guard.resolve("8.8.8.8", 80)).hasSize(1);
    assertThat(guard.resolve("[2606:4700::1111]", 80)).hasSize(1);
    assertThat(guard.resolve("[64:ff9b::808:808]", 80)).hasSize(1);
    assertThatThrownBy(() -> guard.resolve("one.test", 9_011))
        .isInstanceOf(AddressException.Refused.class)
        .hasMessageContaining("9011");
  }

  @Test
  void socketsRefuseWhateverWasCheckedBefore() throws IOException {
    AddressGuard guard = AddressGuard.of(SourceService.rules(settings));
    try (Socket socket = guard.sockets().createSocket()) {
      assertThatThrownBy(
              () ->
                  socket.connect(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), canary.port()),
                      1_000))
          .isInstanceOf(AddressException.Refused.class);
      assertThatThrownBy(
              () -> socket.connect(InetSocketAddress.createUnresolved("one.test", 80), 1_000))
          .isInstanceOf(AddressException.Refused.class);
    }
    assertThat(canary.hits()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "inside.test/8", "010.0.0.0/8", "::/129"})
  void refusesRangesThatAreNone(String range) {
    assertThatThrownBy(() -> AddressGuard.of(SourceService.rules(settings.allowing(range))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
