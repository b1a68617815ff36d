package dev.sluice.chaos.stack;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Arms a crash point of a JVM that runs, from outside: what ships has no way in for it. */
public final class CrashAgent {
  private static final String CRASH_POINT = "dev.sluice.support.chaos.CrashPoint";
  private static final String OWN = "dev.sluice.";
  private static final int KILLED = 137;

  /** Before the name of a point at which the process is to stand still, not to end. */
  static final String PAUSE = "pause:";

  private CrashAgent() {}

  /** Arms the point in the process; an empty name disarms. */
  static void arm(long pid, String point, Path folder) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        machine.loadAgent(jar(folder).toString(), point);
      } finally {
        machine.detach();
      }
    } catch (Exception e) {
      throw new IllegalStateException("cannot arm " + point + " in " + pid, e);
    }
  }

  /** Runs inside the other JVM. */
  public static void agentmain(String point, Instrumentation inside) throws Exception {
    ClassLoader services =
        Arrays.<Class<?>>stream(inside.getAllLoadedClasses())
            .filter(type -> type.getName().startsWith(OWN))
            .<ClassLoader>map(type -> type.getClassLoader())
            .filter(CrashAgent::hasCrashPoint)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no class of a service is loaded"));
    String given = point == null ? "" : point;
    boolean pause = given.startsWith(PAUSE);
    Runnable death = pause ? () -> standStill(services) : () -> Runtime.getRuntime().halt(KILLED);
    arm(services, pause ? given.substring(PAUSE.length()) : given, death);
  }

  private static void arm(ClassLoader services, String point, Runnable death) {
    try {
      services
          .loadClass(CRASH_POINT)
          .getMethod("arm", String.class, Runnable.class)
          .invoke(null, point, death);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot arm " + point, e);
    }
  }

  /** Stops the own process, once; when somebody lets it go on, it does as if nothing had been. */
  private static void standStill(ClassLoader services) {
    arm(services, "", () -> {});
    try {
      new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean hasCrashPoint(ClassLoader loader) {
    try {
      return loader != CrashAgent.class.getClassLoader()
          && loader.loadClass(CRASH_POINT).getClassLoader() != null;
    } catch (ClassNotFoundException none) {
      return false;
    }
  }

  private static synchronized Path jar(Path folder) throws IOException {
    Path jar = folder.resolve("crash-agent.jar");
    if (!Files.exists(jar)) {
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest
          .getMainAttributes()
          .put(new Attributes.Name("Agent-Class"), CrashAgent.class.getName());
      String entry = CrashAgent.class.getName().replace('.', '/') + ".class";
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file, manifest);
          InputStream own =
              Objects.requireNonNull(
                  CrashAgent.class.getClassLoader().getResourceAsStream(entry))) {
        out.putNextEntry(new JarEntry(entry));
        own.transferTo(out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
