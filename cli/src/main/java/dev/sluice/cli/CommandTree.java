package dev.sluice.cli;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Builds picocli's model: the typed command in full, of the others the names. */
final class CommandTree {

  private static final Set<String> OPTIONS_WITH_VALUE =
      Set.of("-o", "--output", "--api", "--token", "-p", "--project");

  private CommandTree() {}

  /** The model for one command line. */
  static CommandLine of(Sluice root, Context context, String... args) {
    String typed = typedCommand(args);
    return build(root, context, entry -> entry.name().equals(typed));
  }

  /** The model of everything. */
  static CommandLine whole(Context context) {
    return build(new Sluice(), context, entry -> !entry.ofLauncher());
  }

  /** The model of a command of the launcher, which has options of its own only. */
  static CommandLine ofLauncher(String name, Context context) {
    CommandLine line = new CommandLine(Commands.create(name, context));
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.setCommandName("sluice " + name);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  /** The first word that is neither an option nor its value. */
  static @Nullable String typedCommand(String... args) {
    for (int i = 0; i < args.length; i++) {
      if (OPTIONS_WITH_VALUE.contains(args[i])) {
        i++;
      } else if (!args[i].startsWith("-")) {
        return args[i];
      }
    }
    return null;
  }

  /** {@code help upload} means {@code upload --help}. */
  static String[] rewriteHelp(String... args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    String[] rewritten = Arrays.copyOfRange(args, 1, args.length + 1);
    rewritten[args.length - 1] = "--help";
    return rewritten;
  }

  private static CommandLine build(Sluice root, Context context, Predicate<Commands.Entry> inFull) {
    CommandLine line = new CommandLine(root);
    for (Commands.Entry entry : Commands.ALL) {
      line.addSubcommand(entry.name(), inFull.test(entry) ? full(entry, context) : nameOnly(entry));
    }
    ownOptionsFirst(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandTree::groupedCommands);
    return line;
  }

  private static CommandLine full(Commands.Entry entry, Context context) {
    return new CommandLine(Commands.create(entry.name(), context));
  }

  /** A command's own options first, those that all share after them. */
  private static void ownOptionsFirst(CommandLine line) {
    line.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    line.getSubcommands().values().forEach(CommandTree::ownOptionsFirst);
  }

  private static CommandLine nameOnly(Commands.Entry entry) {
    CommandSpec spec = CommandSpec.create().name(entry.name());
    spec.usageMessage().description(entry.description());
    return new CommandLine(spec);
  }

  private static String groupedCommands(Help help) {
    return Arrays.stream(Commands.Group.values())
        .map(group -> group(help, group))
        .collect(Collectors.joining());
  }

  private static String group(Help help, Commands.Group group) {
    String lines =
        Commands.ALL.stream()
            .filter(entry -> entry.group() == group)
            .map(entry -> String.format("  %-12s%s%n", entry.name(), entry.description()))
            .collect(Collectors.joining());
    String title = help.colorScheme().text("@|bold " + group.title() + "|@").toString();
    return String.format("%n%s%n%s", title, lines);
  }
}
