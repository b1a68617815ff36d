package dev.sluice.upload.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The addresses that matter most, as real addresses of a network namespace of this test's own. */
class InsideAddressesTest {
  private static final List<String> ADDRESSES =
      List.of(
          "169.254.169.254",
          "10.0.0.1",
          "172.16.5.4",
          "192.168.0.1",
          "100.64.0.1",
          "198.18.0.1",
          "192.0.0.192",
          "168.63.129.16",
          "127.0.0.1",
          "[::1]",
          "[fd00::8]",
          "[fd00:ec2::254]",
          "[2002:7f00:1::1]",
          "[64:ff9b::7f00:1]",
          "[2001:db8::1]",
          "[fec0::1]");

  private final String namespace = "sluice-test-" + ProcessHandle.current().pid();

  @AfterEach
  void remove() throws IOException, InterruptedException {
    run("ip", "netns", "delete", namespace);
  }

  @Test
  void nothingInsideIsEverReached() throws Exception {
    Assumptions.assumeTrue(
        run("ip", "netns", "add", namespace).status == 0,
        "not run: no network namespace can be made here (ip netns add)");
    enter("ip", "link", "set", "lo", "up");
    for (String address : ADDRESSES) {
      String bare = address.replace("[", "").replace("]", "");
      enter("ip", "addr", "add", bare + (bare.contains(":") ? "/128" : "/32"), "dev", "lo");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "ip",
                "netns",
                "exec",
                namespace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                InsideProbe.class.getName()));
    command.addAll(ADDRESSES);

    Ran probe = run(command.toArray(String[]::new));

    assertThat(probe.output).contains("let=0 hits=0 unguarded=");
    assertThat(probe.output.replaceAll("(?s).*unguarded=(\\d+).*", "$1"))
        .satisfies(
            hits -> assertThat(Integer.parseInt(hits)).isGreaterThanOrEqualTo(ADDRESSES.size()));
  }

  private Ran enter(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  private static Ran run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ran(process.waitFor(), output);
    } catch (IOException e) {
      return new Ran(-1, String.valueOf(e.getMessage()));
    }
  }

  /** Surefire hides the class path in a manifest, and tells it here. */
  private static String classPath() {
    String given = System.getProperty("surefire.test.class.path", "");
    return given.isEmpty() ? System.getProperty("java.class.path") : given;
  }

  private record Ran(int status, String output) {}
}
