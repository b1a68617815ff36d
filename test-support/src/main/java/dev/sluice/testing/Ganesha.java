package dev.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real server of NFS on loopback; needs Debian's nfs-ganesha, nfs-ganesha-vfs and rpcbind. */
public final class Ganesha implements AutoCloseable {
  private static final int MAPPER = 111;

  private final List<Process> processes = new ArrayList<>();
  private final int nfsPort;
  private final int mountPort;
  private final String access;

  private Ganesha(int nfsPort, int mountPort, String access) {
    this.nfsPort = nfsPort;
    this.mountPort = mountPort;
    this.access = access;
  }

  /** Serves the folder for reading, or says why the test is not run. */
  public static Ganesha serving(Path export, Path work) throws IOException {
    return serving(export, work, "RO");
  }

  /** Serves the folder for reading and writing, or says why the test is not run. */
  public static Ganesha writable(Path export, Path work) throws IOException {
    return serving(export, work, "RW");
  }

  private static Ganesha serving(Path export, Path work, String access) throws IOException {
    String user = System.getProperty("user.name");
    Assumptions.assumeTrue(user.equals("root"), "not run: nfs-ganesha needs root");
    for (String tool : List.of("ganesha.nfsd", "rpcbind")) {
      Assumptions.assumeTrue(isInstalled(tool), "not run: " + tool + " is not installed");
    }
    Ganesha server = new Ganesha(freePort(), freePort(), access);
    try {
      server.start(export, work);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      server.close();
      Assumptions.abort("not run: nfs-ganesha does not start here: " + tail(work));
    }
    return server;
  }

  private void start(Path export, Path work) throws IOException {
    if (!listens(MAPPER)) {
      run(work, "rpcbind", "-f");
      Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> listens(MAPPER));
    }
    Path config = Files.writeString(work.resolve("ganesha.conf"), config(export, work));
    run(
        work,
        "ganesha.nfsd",
        "-F",
        "-f",
        config.toString(),
        "-L",
        work.resolve("ganesha.log").toString(),
        "-p",
        work.resolve("ganesha.pid").toString());
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> listens(nfsPort) && listens(mountPort));
  }

  private String config(Path export, Path work) {
    return """
        NFS_CORE_PARAM {
          Bind_addr = 127.0.0.1; Protocols = 3; NFS_Port = %d; MNT_Port = %d;
          Enable_NLM = false; Enable_RQUOTA = false; Enable_UDP = false;
          Plugins_Dir = "/usr/lib/%s-linux-gnu/ganesha";
        }
        NFSv4 { Graceless = true; RecoveryRoot = "%s"; }
        EXPORT_DEFAULTS { Attr_Expiration_Time = 0; }
        EXPORT {
          Export_Id = 1; Path = %s; Pseudo = /x; Access_Type = %s; Squash = None; SecType = sys;
          Protocols = 3; Transports = TCP; FSAL { Name = VFS; }
        }
        """
        .formatted(
            nfsPort,
            mountPort,
            System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64",
            work,
            export,
            access);
  }

  private void run(Path work, String... command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve(command[0] + ".out").toFile())
            .start());
  }

  /** Where it serves files. */
  public int nfsPort() {
    return nfsPort;
  }

  /** Where it lets clients mount. */
  public int mountPort() {
    return mountPort;
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      process.destroyForcibly();
    }
  }

  private static boolean isInstalled(String tool) {
    return Stream.of("/usr/bin/", "/usr/sbin/", "/sbin/")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder + tool)));
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String tail(Path work) throws IOException {
    Path log = work.resolve("ganesha.log");
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of("no log");
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }
}
