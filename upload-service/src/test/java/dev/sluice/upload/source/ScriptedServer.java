package dev.sluice.upload.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An HTTP server that says, byte by byte, what a test tells it to; one answer a connection. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Script script;

  private ScriptedServer(Script script) throws IOException {
    this.script = script;
  }

  /** A server at an address of loopback and a port, 0 for any. */
  static ScriptedServer at(String address, int port, Script script) throws IOException {
    ScriptedServer server = new ScriptedServer(script);
    server.listener.bind(new InetSocketAddress(InetAddress.getByName(address), port), 200);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  /** Says other things from now on. */
  void says(Script other) {
    script = other;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What it has been asked so far. */
  List<Asked> asked() {
    return asked;
  }

  URI url(String path) {
    String host = listener.getInetAddress().getHostAddress();
    return URI.create("http://" + host + ":" + port() + path);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      @Nullable String first = in.readLine();
      if (first == null) {
        return;
      }
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        String[] words = line.split(": ?", 2);
        headers.put(words[0], words.length > 1 ? words[1] : "");
      }
      Asked request = new Asked(first.split(" ", -1)[1], headers);
      asked.add(request);
      script.answer(request, new Reply(socket.getOutputStream()));
    } catch (IOException gone) {
      // The client has heard enough.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** A request. */
  record Asked(String path, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** First byte asked for; 0 without a range. */
    int from() {
      return hasRange() ? Integer.parseInt(range()[0]) : 0;
    }

    /** Last byte asked for. */
    int to() {
      return Integer.parseInt(range()[1]);
    }

    boolean hasRange() {
      return header("Range").toLowerCase(Locale.ROOT).startsWith("bytes=");
    }

    private String[] range() {
      return header("Range").substring("bytes=".length()).split("-", 2);
    }
  }

  /** What a server says. */
  @FunctionalInterface
  interface Script {
    void answer(Asked asked, Reply reply) throws IOException;
  }

  /** An answer, as raw as wanted. */
  record Reply(OutputStream out) {
    /** Status line and headers as given, {@code Connection: close}, an empty line. */
    Reply head(String status, String... headers) throws IOException {
      StringBuilder text = new StringBuilder("HTTP/1.1 " + status + "\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      out.write(text.append("Connection: close\r\n\r\n").toString().getBytes(ISO_8859_1));
      return this;
    }

    Reply body(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      out.flush();
      return this;
    }
  }
}
