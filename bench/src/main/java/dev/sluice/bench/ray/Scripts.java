package dev.sluice.bench.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bench.upload.Shell;
import dev.sluice.bench.upload.StoreServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The bench's Python: data, the native program, and the digest of an output. */
final class Scripts {
  static final String BUCKET = "bench";
  private static final List<String> ALL =
      List.of("store.py", "prepare.py", "native.py", "digest.py", "fetch.py", "juicer.py");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path python;
  private final StoreServer store;
  private final Shell shell;

  Scripts(Path folder, Path python, StoreServer store, Shell shell) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.python = python;
    this.store = store;
    this.shell = shell;
    for (String name : ALL) {
      write(folder, name);
    }
  }

  /** Writes one script into a folder. */
  static Path write(Path folder, String name) throws IOException {
    try (InputStream in = Scripts.class.getResourceAsStream("/ray/" + name)) {
      return Files.write(folder.resolve(name), Objects.requireNonNull(in, name).readAllBytes());
    }
  }

  /** A script's place. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** What a script needs to reach the store. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("BENCH_BUCKET", BUCKET);
    variables.put("BENCH_ENDPOINT", store.endpoint());
    variables.put("BENCH_ACCESS_KEY", StoreServer.ACCESS_KEY);
    variables.put("BENCH_SECRET_KEY", StoreServer.SECRET_KEY);
    return variables;
  }

  /** Runs a script and reads the JSON that it prints. */
  JsonNode run(String name, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python.toString(), file(name).toString()));
    command.addAll(arguments);
    return JSON.readTree(shell.run(command, variables()).out());
  }
}
