package dev.sluice.cli.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.client.DataType;
import dev.sluice.client.Dataset;
import dev.sluice.client.DatasetChange;
import dev.sluice.client.DatasetClient;
import dev.sluice.client.DatasetFilter;
import dev.sluice.client.NewDataset;
import dev.sluice.client.TrashedDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Datasets: create, find, describe, delete. */
@Command(
    name = "dataset",
    description = "Create, find and describe datasets.",
    footer = {
      "",
      "A dataset is a line of versions and holds one type of files; others are",
      "ignored and reported. Its name never changes, its display name may.",
      "",
      "Examples:",
      "  sluice dataset create notes --type text --scenario \"question answering\"",
      "  sluice dataset list --type text",
      "  sluice dataset update notes --display-name \"Meeting notes\" --tag 2026",
      "  sluice dataset update notes --licence CC-BY-4.0",
      "  sluice dataset card notes CARD.md",
      "  sluice dataset delete notes --reason \"moved to wiki\" --yes",
      "  sluice dataset restore notes"
    })
public final class DatasetCommand {

  private static final List<Column<Dataset>> COLUMNS =
      List.of(
          Column.of("NAME", Dataset::name),
          Column.of("TYPE", Dataset::dataType),
          Column.of("LATEST", Dataset::latestVersion),
          Column.of("DISPLAY NAME", Dataset::displayName),
          Column.of("SCENARIO", Dataset::applicationScenario),
          Column.of("CREATOR", Dataset::creator),
          Column.of("CREATED", Dataset::createdAt));

  private static final List<Column<Dataset>> PROPERTIES =
      List.of(
          Column.of("Name", Dataset::name),
          Column.of("Type", Dataset::dataType),
          Column.of("Display name", Dataset::displayName),
          Column.of("Scenario", Dataset::applicationScenario),
          Column.of("Description", Dataset::description),
          Column.of("Tags", Dataset::tags),
          Column.of("Licence", Dataset::licence),
          Column.of("Creator", Dataset::creator),
          Column.of("Created", Dataset::createdAt),
          Column.of("Latest version", Dataset::latestVersion),
          Column.of("Id", Dataset::id));

  private static final List<Column<TrashedDataset>> TRASH =
      List.of(
          Column.of("NAME", TrashedDataset::name),
          Column.of("ID", TrashedDataset::id),
          Column.of("DELETED BY", TrashedDataset::deletedBy),
          Column.of("DELETED", TrashedDataset::deletedAt),
          Column.of("PURGED AT", TrashedDataset::purgeAt));

  private final Context context;

  /** Needs no more than the context. */
  public DatasetCommand(Context context) {
    this.context = context;
  }

  @Command(description = "Create a dataset.")
  void create(
      @Parameters(paramLabel = "NAME", description = "3-40 letters, digits and dashes.")
          String name,
      @Option(
              names = "--type",
              required = true,
              description = "text, image, video, audio, table or binary.")
          DataType type,
      @Mixin Description words) {
    NewDataset dataset =
        new NewDataset(
            name,
            type,
            words.displayName,
            words.scenario,
            words.description,
            words.tags == null ? List.of() : words.tags,
            words.licence);
    context.output().one(datasets().create(dataset), PROPERTIES);
  }

  @Command(description = "The datasets of the project.")
  void list(
      @Option(names = "--scenario", description = "Only with this application scenario.")
          @Nullable String scenario,
      @Option(names = "--type", description = "Only of this type.") @Nullable DataType type,
      @Option(names = "--tag", description = "Only with this tag; may be repeated.")
          @Nullable List<String> tags,
      @Option(names = "--creator", description = "Only of this user.") @Nullable String creator,
      @Option(names = "--licence", description = "Only under this licence.")
          @Nullable String licence,
      @Option(names = "--find", description = "Only with these words: name, tags, card and so on.")
          @Nullable String find,
      @Option(
              names = "--sort",
              description = "name, created, changed or displayName; -created is newest first.")
          @Nullable String sort) {
    DatasetFilter filter =
        new DatasetFilter(
            scenario, type, tags == null ? List.of() : tags, creator, licence, find, sort);
    context.output().list(datasets().list(filter).toList(), COLUMNS);
  }

  @Command(description = "One dataset.")
  void show(@Parameters(paramLabel = "NAME") String name) {
    context.output().one(datasets().get(name), PROPERTIES);
  }

  @Command(description = "Change the description of a dataset.")
  void update(@Parameters(paramLabel = "NAME") String name, @Mixin Description words) {
    DatasetChange change =
        new DatasetChange(
            words.displayName, words.scenario, words.description, words.tags, words.licence);
    context.output().one(datasets().update(name, change), PROPERTIES);
  }

  @Command(description = "Print the card of a dataset, or write it from a file (- is stdin).")
  void card(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "FILE", arity = "0..1", description = "Markdown.")
          @Nullable String file)
      throws IOException {
    if (file == null) {
      context.output().print(datasets().card(name));
    } else {
      byte[] markdown =
          file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      datasets().writeCard(name, new String(markdown, UTF_8));
      context.output().say("The card of " + name + " is written.");
    }
  }

  @Command(description = "Put a dataset with all its versions into the trash.")
  void delete(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", description = "Why; kept in the audit.") @Nullable String reason,
      @Option(names = "--yes", description = "Needed: nobody finds it any more.") boolean yes) {
    if (!yes) {
      throw new CliException("this takes every version of " + name + " away: add --yes");
    }
    datasets().delete(name, reason);
    context.output().say("Deleted " + name + "; it lies in the trash until it is purged.");
  }

  @Command(description = "What lies in the trash of the project.")
  void trash() {
    context.output().list(datasets().trash().toList(), TRASH);
  }

  @Command(description = "Bring a dataset back from the trash.")
  void restore(
      @Parameters(paramLabel = "NAME|ID") String name,
      @Option(names = "--reason", description = "Why; kept in the audit.")
          @Nullable String reason) {
    TrashedDataset trashed = trashed(name);
    datasets().restore(trashed.id(), reason);
    context.output().one(datasets().get(trashed.name()), PROPERTIES);
  }

  @Command(description = "Give a dataset in the trash up for good, before its time.")
  void purge(
      @Parameters(paramLabel = "NAME|ID") String name,
      @Option(names = "--reason", description = "Why; kept in the audit.") @Nullable String reason,
      @Option(names = "--yes", description = "Needed: there is no way back.") boolean yes) {
    TrashedDataset trashed = trashed(name);
    if (!yes) {
      throw new CliException("this takes " + trashed.name() + " away for good: add --yes");
    }
    datasets().purge(trashed.id(), reason);
    context.output().say("Gave up " + trashed.name() + "; its files go with the next collection.");
  }

  private TrashedDataset trashed(String name) {
    List<TrashedDataset> found =
        datasets().trash().filter(t -> t.name().equals(name) || t.id().equals(name)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new CliException(
        found.isEmpty()
            ? "there is no " + name + " in the trash"
            : found.size()
                + " datasets of that name lie in the trash; name one by its id: "
                + String.join(", ", found.stream().map(TrashedDataset::id).toList()));
  }

  private DatasetClient datasets() {
    return context.client().datasets(context.project());
  }

  /** The words about a dataset, shared by create and update. */
  static final class Description {

    @Option(names = "--display-name", description = "How people call it.")
    private @Nullable String displayName;

    @Option(names = "--scenario", description = "What it is for.")
    private @Nullable String scenario;

    @Option(names = "--description", description = "What is in it.")
    private @Nullable String description;

    @Option(names = "--licence", description = "An SPDX identifier, such as CC-BY-4.0.")
    private @Nullable String licence;

    @Option(names = "--tag", description = "A word to find it by; may be repeated.")
    private @Nullable List<String> tags;
  }
}
