package dev.sluice.cli.demo;

import dev.sluice.client.DataType;
import dev.sluice.client.Dataset;
import dev.sluice.client.NewDataset;
import dev.sluice.client.Recipe;
import dev.sluice.client.Run;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The main job, step by step. */
final class Demo {

  static final String INPUT = "handbook";
  static final String OUTPUT = "handbook-chunks";

  private static final String TITLE = "The handbook";
  private static final String SCENARIO = "question answering";
  private static final Duration INDEX_PATIENCE = Duration.ofMinutes(10);

  private final SluiceClient client;
  private final Journal journal;
  private final String project;
  private final Optional<String> kafka;

  Demo(SluiceClient client, Journal journal, String project, Optional<String> kafka) {
    this.client = client;
    this.journal = journal;
    this.project = project;
    this.kafka = kafka;
  }

  void run(Corpus corpus, String caller, Path folder) throws Exception {
    journal.step("Create a project and a dataset", () -> createDatasets(caller));
    UploadStep upload = new UploadStep(client, journal, kafka);
    UploadStep.Filled filled =
        journal.step("Upload a folder of documents", () -> upload.upload(project, corpus));
    SealStep seal = new SealStep(client, client.versions(project, INPUT), journal);
    Version input =
        journal.step(
            "Seal the version",
            () -> {
              Version version = seal.seal(filled);
              seal.fetchBack(project, version, corpus.large(), folder.resolve("demo/fetched"));
              return version;
            });
    ProcessStep process = new ProcessStep(client, journal, project);
    Run run = journal.step("Process it on Ray", () -> process.run(input));
    Version output =
        journal.step("Find the result in the catalog", () -> process.output(run, input));
    long rows = run.rows() == null ? 0 : run.rows();
    IndexStep index = new IndexStep(client, journal, project, INDEX_PATIENCE);
    journal.step("Turn its rows into vectors", () -> index.await(output, rows));
    journal.step("Ask in plain words", () -> ask(output));
    journal.figure("input", INPUT + "@" + input.version());
    journal.figure("output", OUTPUT + "@" + output.version());
    journal.figure("run", run.id());
  }

  private Version ask(Version output) {
    new SearchStep(client, journal, project).ask(output.version());
    return output;
  }

  private Dataset createDatasets(String caller) {
    orExisting(
        () -> client.projects().get(project), () -> client.projects().create(project, "Demo"));
    NewDataset documents =
        new NewDataset(INPUT, DataType.TEXT, TITLE, SCENARIO, null, List.of("demo"), null);
    Dataset dataset = dataset(documents);
    dataset(NewDataset.named(OUTPUT, DataType.TABLE));
    client.vectors().putRecipe(project, OUTPUT, Recipe.miniLm("text"));
    journal.say(
        "project " + project + ", datasets " + INPUT + " (text) and " + OUTPUT + " (table)");
    journal.check(Check.equal("display name", TITLE, dataset.displayName()));
    journal.check(Check.equal("application scenario", SCENARIO, dataset.applicationScenario()));
    journal.check(Check.equal("creator is the caller", caller, dataset.creator()));
    return dataset;
  }

  private Dataset dataset(NewDataset wanted) {
    return orExisting(
        () -> client.datasets(project).get(wanted.name()),
        () -> client.datasets(project).create(wanted));
  }

  /** What is there, else made now. */
  private static <T> T orExisting(Supplier<T> existing, Supplier<T> made) {
    try {
      return existing.get();
    } catch (SluiceProblemException e) {
      if (e.status() != 404) {
        throw e;
      }
      return made.get();
    }
  }
}
