package dev.sluice.upload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.support.address.AddressGuard;
import dev.sluice.support.address.GuardedHttp;
import dev.sluice.upload.source.SourceSettings.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each hop of a chain of redirects is checked like the first, and credentials stay at home. */
class HttpRedirectTest {
  private static final byte[] CONTENT = {1, 2, 3};

  private ScriptedServer home;
  private ScriptedServer other;
  private Canary canary;
  private List<String> hops = List.of();
  private String expired = "";

  @BeforeEach
  void start() throws IOException {
    home = ScriptedServer.at("127.0.0.2", 0, this::answer);
    other = ScriptedServer.at("127.0.0.3", 0, this::answer);
    canary = Canary.everywhere(0);
  }

  @AfterEach
  void stop() throws IOException {
    home.close();
    other.close();
    canary.close();
  }

  /** A path {@code /n} redirects to hop n. */
  private void answer(ScriptedServer.Asked asked, ScriptedServer.Reply reply) throws IOException {
    int next = Integer.parseInt(asked.path().substring(1));
    if (asked.path().equals(expired)) {
      reply.head("403 Forbidden", "Content-Length: 0");
      return;
    }
    if (next < hops.size()) {
      int status = new int[] {301, 302, 303, 307, 308}[next % 5];
      reply.head(status + " Moved", "Location: " + hops.get(next), "Content-Length: 0");
    } else {
      reply.head("200 OK", "Content-Length: 3").body(CONTENT, 0, CONTENT.length);
    }
  }

  private String follow(Optional<Login> login) {
    SourceSettings settings =
        SourceSettings.strict(
                List.of(
                    "80",
                    "443",
                    Integer.toString(home.port()),
                    Integer.toString(other.port()),
                    Integer.toString(canary.port())))
            .allowing("127.0.0.2/31");
    if (login.isPresent()) {
      settings = settings.with("login", login.orElseThrow());
    }
    AddressGuard guard =
        AddressGuard.of(
            new AddressGuard.Rules("sluice.test", List.of("127.0.0.2/31"), settings.allowedPorts()),
            name -> InetAddress.getAllByName(name.startsWith("good") ? "127.0.0.2" : "127.0.0.1"));
    Sources sources = new SourceService(settings, StoreSettings.none(), guard);
    return new Attempt(sources, login.map(l -> "login")).of(home.url("/0").toString());
  }

  /** Letters: h and o are hops within home and to the other server, g a name that is allowed. */
  @ParameterizedTest
  @CsvSource({
    "'', open",
    "h, open",
    "ho, open",
    "hhh, open",
    "hohoh, open",
    "ooooo, open",
    "ggggg, open",
    "hhhhhh, Invalid",
    "oooooo, Invalid",
    "hohoho, Invalid",
    "gggggg, Invalid",
    "x, Refused",
    "hx, Refused",
    "ox, Refused",
    "hhx, Refused",
    "hohox, Refused",
    "gx, Refused",
    "n, Refused",
    "hn, Refused",
    "on, Refused",
    "ohon, Refused",
    "hhhhn, Refused",
    "m, Refused",
    "om, Refused",
    "d, Refused",
    "od, Refused",
    "6, Refused",
    "o6, Refused",
    "u, Refused",
    "hu, Refused",
    "f, Refused",
    "of, Refused",
    "p, Refused",
    "op, Refused",
    "r, open",
    "or, open",
    "s, Refused",
    "hs, Refused"
  })
  void checksEachHop(String chain, String expected) {
    List<String> locations = new ArrayList<>();
    for (int i = 0; i < chain.length(); i++) {
      locations.add(location(chain.charAt(i), i + 1));
    }
    hops = locations;

    assertThat(follow(Optional.empty())).isEqualTo(expected);
    assertThat(canary.hits()).isZero();
  }

  private String location(char kind, int next) {
    int port = canary.port();
    return switch (kind) {
      case 'h' -> home.url("/" + next).toString();
      case 'o' -> other.url("/" + next).toString();
      case 'g' -> "http://good" + next + ".test:" + home.port() + "/" + next;
      case 'r' -> "/" + next;
      case 's' -> "//127.0.0.1:" + port + "/";
      case 'x' -> "http://127.0.0.1:" + port + "/";
      case 'n' -> "http://evil.test:" + port + "/";
      case 'm' -> "http://169.254.169.254/latest/meta-data/";
      case 'd' -> "http://2130706433:" + port + "/";
      case '6' -> "http://[::ffff:7f00:1]:" + port + "/";
      case 'u' -> "http://user:pass@127.0.0.2:" + home.port() + "/1";
      case 'f' -> "file:///etc/passwd";
      case 'p' -> "http://127.0.0.2:22/";
      default -> throw new IllegalArgumentException(String.valueOf(kind));
    };
  }

  @Test
  void sendsCredentialsHomeOnly() {
    hops =
        List.of(home.url("/1").toString(), other.url("/2").toString(), home.url("/3").toString());

    assertThat(follow(Optional.of(Login.bearer("t0ken", "127.0.0.2")))).isEqualTo("open");

    assertThat(home.asked())
        .filteredOn(a -> List.of("/0", "/1").contains(a.path()))
        .isNotEmpty()
        .allMatch(a -> a.header("Authorization").equals("Bearer t0ken"));
    assertThat(other.asked()).isNotEmpty().allMatch(a -> a.header("Authorization").isEmpty());
    assertThat(home.asked())
        .filteredOn(a -> a.path().equals("/3"))
        .isNotEmpty()
        .allMatch(a -> a.header("Authorization").isEmpty());
  }

  @Test
  void asksWhereARedirectLedDirectlyFromThenOn() throws SourceException {
    hops = List.of(home.url("/1").toString(), other.url("/2").toString());
    HttpGet get = get(home.url("/0").toString());

    for (int i = 0; i < 3; i++) {
      get.send(request -> request).close();
    }

    assertThat(home.asked()).extracting(ScriptedServer.Asked::path).containsExactly("/0", "/1");
    assertThat(other.asked())
        .extracting(ScriptedServer.Asked::path)
        .containsExactly("/2", "/2", "/2");
  }

  @Test
  void followsTheRedirectAnewWhenWhereItLedIsGoodNoMore() throws SourceException {
    hops = List.of(other.url("/1").toString());
    HttpGet get = get(home.url("/0").toString());
    get.send(request -> request).close();
    expired = "/1";
    hops = List.of(other.url("/2").toString(), "never", home.url("/3").toString());

    try (Response response = get.send(request -> request)) {
      assertThat(response.request().url().encodedPath()).isEqualTo("/3");
    }
    assertThat(home.asked())
        .extracting(ScriptedServer.Asked::path)
        .containsExactly("/0", "/0", "/3");
  }

  @Test
  void checksWhereARedirectLedBeforeEachConnection() throws SourceException {
    AtomicReference<String> address = new AtomicReference<>("127.0.0.2");
    hops = List.of("http://good.test:" + other.port() + "/1");
    HttpGet get = get(home.url("/0").toString(), name -> address.get());
    address.set("127.0.0.3");
    get.send(request -> request.header("Connection", "close")).close();
    address.set("127.0.0.1");

    assertThatThrownBy(() -> get.send(request -> request).close())
        .isInstanceOf(SourceException.Refused.class);
    assertThat(canary.hits()).isZero();
  }

  private HttpGet get(String url) {
    return get(url, name -> "127.0.0.1");
  }

  private HttpGet get(String url, UnaryOperator<String> resolver) {
    AddressGuard guard =
        AddressGuard.of(
            new AddressGuard.Rules("sluice.test", List.of("127.0.0.2/31"), List.of("1-65535")),
            name -> InetAddress.getAllByName(resolver.apply(name)));
    OkHttpClient client = GuardedHttp.client(guard, Duration.ofSeconds(5), Duration.ofSeconds(5));
    return new HttpGet(client, HttpUrl.get(url), Optional.empty(), 5);
  }

  @Test
  void refusesCredentialsForOtherHosts() {
    assertThat(follow(Optional.of(Login.bearer("t0ken", "127.0.0.3", "127.0.0.2:1"))))
        .isEqualTo("Refused");
    assertThat(home.asked()).isEmpty();
  }
}
