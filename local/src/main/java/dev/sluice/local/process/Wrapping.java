package dev.sluice.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The words put in front of a command so that it lives as long as it should. */
enum Wrapping {
  /** A session of its own: signals of the launcher's terminal do not reach it. */
  SESSION {
    @Override
    List<String> wrap(Launch launch) {
      return prefixed(List.of("setsid"), launch.command());
    }
  },
  /** Where there is no {@code setsid}: at least the terminal's end does not end it. */
  NO_HANG_UP {
    @Override
    List<String> wrap(Launch launch) {
      return prefixed(List.of("nohup"), launch.command());
    }
  },
  /** A shell that holds our pipe: when the pipe closes, because we ended, it ends the command. */
  LEASH {
    @Override
    List<String> wrap(Launch launch) {
      return prefixed(List.of("sh", "-c", LEASH_SCRIPT, launch.stopSignal()), launch.command());
    }
  };

  private static final String LEASH_SCRIPT =
      """
      exec 3<&0
      { cat <&3 >/dev/null; kill -TERM $$; } & watcher=$!
      "$@" </dev/null 3<&- & command=$!
      trap 'kill -s "$0" $command; kill $watcher 2>/dev/null' TERM INT HUP
      wait $command; wait $command 2>/dev/null
      kill $watcher 2>/dev/null
      """;

  abstract List<String> wrap(Launch launch);

  static Wrapping of(Lifetime lifetime) {
    return switch (lifetime) {
      case LEASHED -> LEASH;
      case DETACHED -> hasSetsid() ? SESSION : NO_HANG_UP;
    };
  }

  private static boolean hasSetsid() {
    return Files.isExecutable(Path.of("/usr/bin/setsid"))
        || Files.isExecutable(Path.of("/bin/setsid"));
  }

  private static List<String> prefixed(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }
}
