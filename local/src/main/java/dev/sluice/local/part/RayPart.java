package dev.sluice.local.part;

import dev.sluice.local.process.Launch;
import dev.sluice.local.state.LocalException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Ray head on the loopback address; its job API wants {@link #token()} as a bearer token. */
public final class RayPart extends ProcessPart {
  private static final int PORT = 18_265;
  private static final PreferredPort GCS_PORT = new PreferredPort("ray-gcs", 18_266);
  private static final int CPUS = 2;
  private static final int REDIRECTION = 300;

  private final PythonEnvironment python;

  /** The head of this stack, running or not. */
  public RayPart(PartContext context, PythonEnvironment python) {
    super(context, "ray", PORT);
    this.python = python;
  }

  /** The secret of the job API. */
  public String token() {
    return context().secrets().of("ray.token");
  }

  @Override
  public String address() {
    return "http://" + LOOPBACK + ":" + port();
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(4);
  }

  /** Ready means: the job API lists jobs to whoever has the token. */
  @Override
  public boolean isReady() {
    return isAlive() && Readiness.answers(address() + "/api/jobs/", REDIRECTION, token());
  }

  @Override
  List<PreferredPort> furtherPorts() {
    return List.of(GCS_PORT);
  }

  @Override
  Launch launch() {
    Map<String, String> environment = new HashMap<>();
    environment.put("RAY_AUTH_MODE", "token");
    environment.put("RAY_AUTH_TOKEN", token());
    environment.put("PYTHONPATH", python.importPath());
    environment.put("PATH", python.bin() + File.pathSeparator + System.getenv("PATH"));
    environment.put("VIRTUAL_ENV", python.folder().toString());
    environment.put("MALLOC_ARENA_MAX", "2");
    return Launch.of(
        name(),
        List.of(
            python.bin().resolve("python").toString(),
            "-m",
            "sluice_ray_dev",
            "--dashboard-port=" + port(),
            "--gcs-port=" + context().port(GCS_PORT),
            "--num-cpus=" + CPUS,
            "--temp-dir=" + temporaryFolder()),
        environment);
  }

  /** Ray puts sockets there, whose paths must be short, so it is not below the state folder. */
  private Path temporaryFolder() {
    String key = Integer.toHexString(context().state().path().toString().hashCode());
    Path folder = Path.of("/tmp", "sluice-ray-" + key);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new LocalException("Cannot make " + folder, e);
    }
  }
}
