package dev.sluice.bench.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.client.DataType;
import dev.sluice.client.NewDataset;
import dev.sluice.client.SluiceClient;
import dev.sluice.local.External;
import dev.sluice.local.Stack;
import dev.sluice.local.part.Database;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.PostgresPart;
import dev.sluice.local.process.PartProcess;
import dev.sluice.local.state.Installation;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stack of its own on somebody's store, driven as people drive it: by the command line in a
 * process of its own.
 */
public final class OurStack implements AutoCloseable {
  private static final String DATASET = "bench";
  private static final String NOWHERE = "http://127.0.0.1:9";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Installation installation = Installation.locate();
  private final StateFolder state;
  private final Map<String, String> variables;
  private final Shell shell;
  private final AtomicInteger projects = new AtomicInteger();
  private final SluiceClient client;

  private OurStack(Path folder, Map<String, String> variables, Shell shell)
      throws IOException, InterruptedException {
    this.state = new StateFolder(folder);
    this.variables = new HashMap<>(variables);
    this.shell = shell;
    up();
    Map<String, String> at =
        Stack.of(PartContext.detached(installation, state), new External(this.variables))
            .environment();
    this.variables.put("SLUICE_API", at.getOrDefault("SLUICE_API", ""));
    this.variables.put("SLUICE_TOKEN", at.getOrDefault("SLUICE_TOKEN", ""));
    this.client =
        SluiceClient.connect(
            URI.create(at.getOrDefault("SLUICE_API", "")),
            () -> at.getOrDefault("SLUICE_TOKEN", ""));
  }

  /**
   * Starts one that uses the given store. Ray and Qdrant are not wanted and not started: the
   * services that need them wait for them.
   *
   * @param more variables of the services
   */
  public static OurStack start(
      Path folder, StoreServer store, Map<String, String> more, Shell shell)
      throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("SLUICE_S3", store.endpoint());
    variables.put("SLUICE_S3_ACCESS_KEY", StoreServer.ACCESS_KEY);
    variables.put("SLUICE_S3_SECRET_KEY", StoreServer.SECRET_KEY);
    return start(folder, variables, shell);
  }

  /** Starts one with a store of its own. */
  public static OurStack start(Path folder, Map<String, String> more, Shell shell)
      throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("SLUICE_HOME", folder.toString());
    variables.put("SLUICE_RAY", NOWHERE);
    variables.put("SLUICE_RAY_TOKEN", "none");
    variables.put("SLUICE_QDRANT", NOWHERE);
    variables.put("SLUICE_QDRANT_API_KEY", "none");
    return new OurStack(folder, variables, shell);
  }

  /** Starts one with a store and a Ray head of its own. */
  public static OurStack withRay(Path folder, Map<String, String> more, Shell shell)
      throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("SLUICE_HOME", folder.toString());
    variables.put("SLUICE_QDRANT", NOWHERE);
    variables.put("SLUICE_QDRANT_API_KEY", "none");
    return new OurStack(folder, variables, shell);
  }

  /** Starts what is missing of it. */
  public void up() throws IOException, InterruptedException {
    shell.run(command("up"), variables);
  }

  /** The API. */
  public SluiceClient client() {
    return client;
  }

  /** Address of the API. */
  public String api() {
    return variables.getOrDefault("SLUICE_API", "");
  }

  /** Its PostgreSQL, as the owner. */
  public Database database() {
    return new PostgresPart(context()).database();
  }

  /** Its parts. */
  public PartContext context() {
    return PartContext.detached(installation, state);
  }

  /** The token of its developer. */
  public String token() {
    return variables.getOrDefault("SLUICE_TOKEN", "");
  }

  /** The name of the only dataset of each project. */
  public String dataset() {
    return DATASET;
  }

  /** A project that holds nothing, with a dataset; nothing can be deduplicated in it. */
  public String project() {
    String project = "bench-" + System.nanoTime() % 1_000_000 + "-" + projects.incrementAndGet();
    client.projects().create(project, null);
    client.datasets(project).create(NewDataset.named(DATASET, DataType.BINARY));
    return project;
  }

  /** What {@code sluice upload} said. */
  record Uploaded(Shell.Ran ran, JsonNode summary) {}

  Uploaded upload(String project, Path folder) throws IOException, InterruptedException {
    Shell.Ran ran = shell.run(uploadCommand(folder), of(project));
    return new Uploaded(ran, JSON.readTree(ran.out()));
  }

  /** The command of an upload, for who wants to kill it. */
  List<String> uploadCommand(Path folder) {
    return command("upload", DATASET, folder + "/", "-o", "json");
  }

  /** Any command of ours. */
  public Shell.Ran sluice(String project, String... arguments)
      throws IOException, InterruptedException {
    return shell.run(command(arguments), of(project));
  }

  /** Our variables and the project. */
  Map<String, String> of(String project) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("SLUICE_PROJECT", project);
    return all;
  }

  /** As the script {@code sluice} starts it, without looking for changed sources first. */
  private List<String> command(String... arguments) {
    Path cli = installation.root().resolve("cli/target");
    List<String> command =
        new ArrayList<>(
            List.of(
                installation.java().toString(),
                "-XX:+UseSerialGC",
                "@" + installation.root().resolve("cli/src/main/jvm/transfer.options"),
                "-Xss512k",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + state.folder("cds").resolve("cli.jsa"),
                "-XX:+AutoCreateSharedArchive",
                "-Xlog:disable",
                "-D" + Installation.ROOT_PROPERTY + "=" + installation.root(),
                "-cp",
                cli.resolve("sluice-cli.jar") + ":" + cli.resolve("lib") + "/*",
                "dev.sluice.cli.SluiceMain"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** One of its processes; null when it does not run. */
  public @Nullable ProcessHandle process(String part) {
    return new PartProcess(state, part).pid().flatMap(ProcessHandle::of).orElse(null);
  }

  /** Its processes, for counting what they use. */
  public List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> handles = new ArrayList<>();
    try (Stream<Path> files = Files.list(state.folder("run"))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pid"))
          .map(name -> name.substring(0, name.length() - ".pid".length()))
          .flatMap(part -> new PartProcess(state, part).pid().stream())
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .forEach(handles::add);
    }
    return handles;
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      shell.run(command("down"), variables);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    state.wipe(List.of());
  }
}
