package dev.sluice.cli;

import dev.sluice.cli.catalog.DatasetCommand;
import dev.sluice.cli.catalog.ProjectCommand;
import dev.sluice.cli.catalog.VersionCommand;
import dev.sluice.cli.demo.DemoCommand;
import dev.sluice.cli.transfer.DownloadCommand;
import dev.sluice.cli.transfer.UploadCommand;
import dev.sluice.cli.vectors.IndexCommand;
import dev.sluice.cli.vectors.RecipeCommand;
import dev.sluice.cli.vectors.SearchCommand;
import dev.sluice.cli.work.JobCommand;
import dev.sluice.cli.work.ProcessCommand;
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
  record Entry(Group group, String name, String description) {}

  static final List<Entry> ALL =
      List.of(
          new Entry(Group.DAILY, "project", "Create projects, invite people."),
          new Entry(Group.DAILY, "dataset", "Create, find and describe datasets."),
          new Entry(Group.DAILY, "version", "Open, seal, release and look into versions."),
          new Entry(Group.DAILY, "upload", "Upload files and folders into a dataset's draft."),
          new Entry(
              Group.DAILY, "download", "Download the files of a version and check every checksum."),
          new Entry(Group.DAILY, "process", "Run a DataSet manifest on Ray."),
          new Entry(Group.DAILY, "job", "List, follow and stop runs."),
          new Entry(Group.SEARCH, "recipe", "Say how a dataset becomes searchable."),
          new Entry(Group.SEARCH, "index", "See which versions are searchable, or make one so."),
          new Entry(Group.SEARCH, "search", "Ask a dataset a question in plain words."),
          new Entry(
              Group.MORE, "demo", "Show the whole way once, from a folder of files to answers."),
          new Entry(Group.MORE, "completion", "Print a completion script for bash and zsh."));

  private Commands() {}

  /** Builds a command; a switch, so that the other classes stay unloaded. */
  static Object create(String name, Context context) {
    return switch (name) {
      case "project" -> new ProjectCommand(context);
      case "dataset" -> new DatasetCommand(context);
      case "version" -> new VersionCommand(context);
      case "upload" -> new UploadCommand(context);
      case "download" -> new DownloadCommand(context);
      case "process" -> new ProcessCommand(context);
      case "job" -> new JobCommand(context);
      case "recipe" -> new RecipeCommand(context);
      case "index" -> new IndexCommand(context);
      case "search" -> new SearchCommand(context);
      case "demo" -> new DemoCommand(context);
      case "completion" -> new CompletionCommand(context);
      default -> throw new IllegalArgumentException("no such command: " + name);
    };
  }
}
