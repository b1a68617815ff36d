package dev.sluice.cli;

import dev.sluice.cli.bench.BenchCommand;
import dev.sluice.cli.bench.ChaosCommand;
import dev.sluice.cli.catalog.AliasCommand;
import dev.sluice.cli.catalog.AuditCommand;
import dev.sluice.cli.catalog.DatasetCommand;
import dev.sluice.cli.catalog.EraseCommand;
import dev.sluice.cli.catalog.GarbageCommand;
import dev.sluice.cli.catalog.ProjectCommand;
import dev.sluice.cli.catalog.RetentionCommand;
import dev.sluice.cli.catalog.TagCommand;
import dev.sluice.cli.catalog.VersionCommand;
import dev.sluice.cli.catalog.WebhookCommand;
import dev.sluice.cli.demo.DemoCommand;
import dev.sluice.cli.transfer.DownloadCommand;
import dev.sluice.cli.transfer.ImportCommand;
import dev.sluice.cli.transfer.ImportScheduleCommand;
import dev.sluice.cli.transfer.ImportsCommand;
import dev.sluice.cli.transfer.ReconcileCommand;
import dev.sluice.cli.transfer.UploadCommand;
import dev.sluice.cli.vectors.IndexCommand;
import dev.sluice.cli.vectors.RecipeCommand;
import dev.sluice.cli.vectors.SearchCommand;
import dev.sluice.cli.work.JobCommand;
import dev.sluice.cli.work.ProcessCommand;
import dev.sluice.cli.work.TemplateCommand;
import dev.sluice.cli.work.TriggerCommand;
import dev.sluice.local.DownCommand;
import dev.sluice.local.EnvCommand;
import dev.sluice.local.LogsCommand;
import dev.sluice.local.ResetCommand;
import dev.sluice.local.StatusCommand;
import dev.sluice.local.TokenCommand;
import dev.sluice.local.UpCommand;
import java.util.List;

/**
 * Every command by name, with what help says of it. A command's class is loaded only when it is the
 * one that was typed, which is why its description stands here too (a test compares them).
 */
final class Commands {

  /** What belongs together in the help, in this order. */
  enum Group {
    DAILY("Daily work"),
    SEARCH("Finding"),
    STACK("The stack on this machine"),
    MORE("More");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** A command that is not built yet. */
  record Entry(Group group, String name, String description) {

    /** Whether it is one of the launcher's, which share no options with the others. */
    boolean ofLauncher() {
      return group == Group.STACK;
    }
  }

  static final List<Entry> ALL =
      List.of(
          new Entry(Group.DAILY, "project", "Create projects, invite people."),
          new Entry(Group.DAILY, "dataset", "Create, find and describe datasets."),
          new Entry(Group.DAILY, "version", "Open, seal, release and look into versions."),
          new Entry(Group.DAILY, "alias", "Let names such as prod point at versions."),
          new Entry(Group.DAILY, "tag", "Mark versions with names that stay."),
          new Entry(Group.DAILY, "retention", "Say which versions of a dataset are kept."),
          new Entry(Group.DAILY, "audit", "See who changed what, when and why."),
          new Entry(Group.DAILY, "webhook", "Tell addresses outside what happens."),
          new Entry(Group.DAILY, "upload", "Upload files and folders into a dataset's draft."),
          new Entry(
              Group.DAILY, "import", "Import files from HTTP, S3, NFS or a path of the server."),
          new Entry(Group.DAILY, "imports", "List, follow, stop and retry imports."),
          new Entry(Group.DAILY, "schedule", "List and end what is imported again and again."),
          new Entry(
              Group.DAILY, "download", "Download the files of a version and check every checksum."),
          new Entry(Group.DAILY, "process", "Run a DataSet manifest on Ray."),
          new Entry(Group.DAILY, "job", "List, follow and stop runs."),
          new Entry(Group.DAILY, "template", "Keep manifests with places for values and run them."),
          new Entry(
              Group.DAILY, "trigger", "Have new versions or the clock start runs of a template."),
          new Entry(Group.DAILY, "erase", "Erase the bytes of a file from all versions, for good."),
          new Entry(Group.DAILY, "gc", "Throw away what no version of the project reaches."),
          new Entry(Group.SEARCH, "recipe", "Say how a dataset becomes searchable."),
          new Entry(Group.SEARCH, "index", "See which versions are searchable, or make one so."),
          new Entry(Group.SEARCH, "search", "Ask a dataset a question in plain words."),
          new Entry(
              Group.STACK,
              "up",
              "Start the local stack; when it is up already, start only what is missing."),
          new Entry(Group.STACK, "down", "Stop the local stack and keep its data."),
          new Entry(Group.STACK, "status", "Show each part: health, address, memory."),
          new Entry(Group.STACK, "reset", "Stop the local stack and delete all its data."),
          new Entry(Group.STACK, "logs", "Show the end of the parts' logs."),
          new Entry(
              Group.STACK, "env", "Print shell exports with the stack's addresses and secrets."),
          new Entry(
              Group.STACK, "token", "Print a token; with --role also give its user that role."),
          new Entry(
              Group.MORE, "demo", "Show the whole way once, from a folder of files to answers."),
          new Entry(
              Group.MORE,
              "reconcile",
              "Find what has no owner in the project's store and throw it away."),
          new Entry(Group.MORE, "bench", "Measure Sluice beside its peers on this machine."),
          new Entry(Group.MORE, "chaos", "Kill parts again and again and judge what is left."),
          new Entry(Group.MORE, "completion", "Print a completion script for bash and zsh."));

  private Commands() {}

  static boolean isLaunchers(String name) {
    return ALL.stream().anyMatch(entry -> entry.name().equals(name) && entry.ofLauncher());
  }

  /** Builds a command; a switch, so that the other classes stay unloaded. */
  static Object create(String name, Context context) {
    return switch (name) {
      case "project" -> new ProjectCommand(context);
      case "dataset" -> new DatasetCommand(context);
      case "version" -> new VersionCommand(context);
      case "alias" -> new AliasCommand(context);
      case "tag" -> new TagCommand(context);
      case "retention" -> new RetentionCommand(context);
      case "audit" -> new AuditCommand(context);
      case "webhook" -> new WebhookCommand(context);
      case "upload" -> new UploadCommand(context);
      case "import" -> new ImportCommand(context);
      case "imports" -> new ImportsCommand(context);
      case "schedule" -> new ImportScheduleCommand(context);
      case "download" -> new DownloadCommand(context);
      case "process" -> new ProcessCommand(context);
      case "job" -> new JobCommand(context);
      case "template" -> new TemplateCommand(context);
      case "trigger" -> new TriggerCommand(context);
      case "erase" -> new EraseCommand(context);
      case "gc" -> new GarbageCommand(context);
      case "recipe" -> new RecipeCommand(context);
      case "index" -> new IndexCommand(context);
      case "search" -> new SearchCommand(context);
      case "up" -> new UpCommand();
      case "down" -> new DownCommand();
      case "status" -> new StatusCommand();
      case "reset" -> new ResetCommand();
      case "logs" -> new LogsCommand();
      case "env" -> new EnvCommand();
      case "token" -> new TokenCommand();
      case "demo" -> new DemoCommand(context);
      case "reconcile" -> new ReconcileCommand(context);
      case "bench" -> new BenchCommand();
      case "chaos" -> new ChaosCommand();
      case "completion" -> new CompletionCommand(context);
      default -> throw new IllegalArgumentException("no such command: " + name);
    };
  }
}
