package dev.sluice.cli.demo;

import dev.sluice.cli.output.Texts;
import dev.sluice.cli.transfer.Draft;
import dev.sluice.cli.transfer.UploadProgressBar;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import dev.sluice.client.upload.LocalFile;
import dev.sluice.client.upload.UploadEngine;
import dev.sluice.client.upload.UploadOutcome;
import dev.sluice.client.upload.UploadReport;
import dev.sluice.client.upload.UploadResult;
import dev.sluice.client.upload.UploadTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Steps 1 and 2: a draft, and all files in it. */
final class UploadStep {

  private final SluiceClient client;
  private final Journal journal;
  private final Optional<String> kafka;

  UploadStep(SluiceClient client, Journal journal, Optional<String> kafka) {
    this.client = client;
    this.journal = journal;
    this.kafka = kafka;
  }

  /** The draft that was filled, and what went into it. */
  record Filled(Version draft, UploadReport report) {}

  Filled upload(String project, Corpus corpus) throws IOException, InterruptedException {
    Version draft = draft(client.versions(project, Demo.INPUT), corpus);
    UploadTarget target = new UploadTarget(project, Demo.INPUT, draft.version());
    journal.say("into " + Demo.INPUT + "@" + draft.version() + ", which is a draft");
    UploadReport report;
    if (kafka.isPresent()) {
      try (ChunkEvents events = ChunkEvents.from(kafka.get())) {
        report = send(target, corpus);
        checkEvents(events, report);
      }
    } else {
      report = send(target, corpus);
      journal.say("KAFKA_BOOTSTRAP_SERVERS is not known: events are not counted");
    }
    check(corpus, report);
    return new Filled(draft, report);
  }

  /** The open draft; one with files that are not ours is given up first. */
  private static Version draft(VersionClient versions, Corpus corpus) {
    Set<String> ours = corpus.files().stream().map(LocalFile::path).collect(Collectors.toSet());
    Version open = Draft.of(versions);
    boolean strange = versions.files(open.version()).anyMatch(file -> !ours.contains(file.path()));
    if (!strange) {
      return open;
    }
    versions.drop(open.version(), null);
    return Draft.of(versions);
  }

  private UploadReport send(UploadTarget target, Corpus corpus)
      throws IOException, InterruptedException {
    long bytes = 0;
    for (LocalFile file : corpus.files()) {
      bytes += Files.size(file.source());
    }
    try (UploadProgressBar bar =
        new UploadProgressBar(journal.output(), corpus.files().size(), bytes)) {
      return UploadEngine.into(client, target).with(bar).upload(corpus.files());
    }
  }

  private void checkEvents(ChunkEvents events, UploadReport report) throws IOException {
    Set<String> uploads =
        report.outcomes().stream().map(UploadOutcome::uploadId).collect(Collectors.toSet());
    int seen = events.count(uploads, report.partsSent(), Duration.ofSeconds(30));
    journal.figure("chunkUploadedEvents", seen);
    journal.check(
        report.with(UploadResult.RESUMED).isEmpty()
            ? Check.equal("ChunkUploaded events on Kafka = parts sent", report.partsSent(), seen)
            : Check.atLeast("ChunkUploaded events on Kafka", report.partsSent(), seen));
  }

  private void check(Corpus corpus, UploadReport report) {
    List<String> ignored = paths(report.with(UploadResult.IGNORED));
    journal.figure("files", report.present().size());
    journal.figure("bytes", report.bytes());
    journal.figure("parts", report.partsSent());
    journal.say(
        report.present().size()
            + " files, "
            + Texts.bytes(report.bytes())
            + ", "
            + report.partsSent()
            + " parts sent");
    journal.check(
        Check.equal("files that failed", List.of(), paths(report.with(UploadResult.FAILED))));
    journal.check(Check.equal("files stored", corpus.belonging().size(), report.present().size()));
    journal.check(
        Check.equal(
            "ignored, because it is no text",
            corpus.strangers().stream().map(LocalFile::path).toList(),
            ignored));
  }

  private static List<String> paths(List<UploadOutcome> outcomes) {
    return outcomes.stream().map(outcome -> outcome.file().path()).toList();
  }
}
