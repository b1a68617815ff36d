package dev.sluice.local;

import java.nio.charset.Charset;
import java.util.Scanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice reset}. */
@Command(name = "reset", description = "Stop the local stack and delete all its data.")
public final class ResetCommand extends StackCommand {
  private static final int USAGE = 2;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean sure;

  @Override
  int run(Stack stack) {
    if (!sure && !confirmed(stack)) {
      System.err.println("Nothing was deleted; say --yes to delete " + stack.folder());
      return USAGE;
    }
    stack.reset(Progress.printing());
    return 0;
  }

  private static boolean confirmed(Stack stack) {
    System.err.print("Delete all data in " + stack.folder() + "? (yes) ");
    try (Scanner in = new Scanner(System.in, Charset.defaultCharset())) {
      return in.hasNextLine() && in.nextLine().strip().equals("yes");
    }
  }
}
