package dev.sluice.processing.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.processing.run.RunState.Failure;

/** What a program printed, cut to what a person can use. */
final class LogText {
  private static final int TAIL_BYTES = 4096;
  private static final int LONGEST_SENTENCE = 400;
  private static final String LOG_FOLLOWS = "last available logs";

  private LogText() {}

  /** The failure of a program: Ray's words, the program's last line, the end of its log. */
  static Failure failure(String reason, String rayMessage, String log) {
    String last =
        log.lines().filter(LogText::isTheProgramsOwn).reduce((a, b) -> b).orElse("").strip();
    String message = "the program failed: " + sentence(rayMessage);
    String full = last.isEmpty() ? message : message + "; its last line: " + shortened(last);
    return new Failure(reason, full, tail(log));
  }

  private static boolean isTheProgramsOwn(String line) {
    return !line.isBlank()
        && !line.startsWith("Running entrypoint for job")
        && !line.contains("job_manager.py:");
  }

  /** The first sentence of Ray's message, without the log it repeats. */
  static String sentence(String message) {
    int log = message.indexOf(LOG_FOLLOWS);
    String head = log < 0 ? message : message.substring(0, log);
    return shortened(head.strip().replaceAll("\\s+", " ").replaceAll("[,.:;]+$", ""));
  }

  /** At most the last 4 KiB in UTF-8, beginning with a whole character. */
  static String tail(String log) {
    byte[] bytes = log.getBytes(UTF_8);
    if (bytes.length <= TAIL_BYTES) {
      return log.replace("\0", "");
    }
    int from = bytes.length - TAIL_BYTES;
    while (from < bytes.length && (bytes[from] & 0xC0) == 0x80) {
      from++;
    }
    return new String(bytes, from, bytes.length - from, UTF_8).replace("\0", "");
  }

  private static String shortened(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST_SENTENCE ? clean : clean.substring(0, LONGEST_SENTENCE) + "…";
  }
}
