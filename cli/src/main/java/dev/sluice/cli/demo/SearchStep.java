package dev.sluice.cli.demo;

import dev.sluice.cli.output.Texts;
import dev.sluice.client.SearchAnswer;
import dev.sluice.client.SearchHit;
import dev.sluice.client.SearchRequest;
import dev.sluice.client.SluiceClient;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Step 7: questions in plain words find the documents that answer them. */
final class SearchStep {

  /** A question and the documents of which one must be among the first hits. */
  record Question(String words, List<String> documents) {}

  static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "How do I get a message when somebody changes a repository?",
              List.of("docs/webhooks.md", "docs/notifications.md")),
          new Question(
              "Can I protect my account with a one-time code from my phone?",
              List.of("docs/security-2fa.md")),
          new Question(
              "Which file format packs quantized weights and metadata for llama.cpp?",
              List.of("docs/gguf.md")));

  private static final int LIMIT = 3;

  private final SluiceClient client;
  private final Journal journal;
  private final String project;

  SearchStep(SluiceClient client, Journal journal, String project) {
    this.client = client;
    this.journal = journal;
    this.project = project;
  }

  void ask(String version) {
    for (Question question : QUESTIONS) {
      SearchRequest request =
          new SearchRequest(project, Demo.OUTPUT, version, question.words(), LIMIT);
      SearchAnswer answer = client.vectors().search(request);
      journal.say("“" + question.words() + "”");
      answer.hits().forEach(hit -> journal.say(line(hit)));
      journal.check(
          Check.that(
              "found " + String.join(" or ", question.documents()),
              answers(answer, question, version),
              Math.round(answer.tookMs()) + " ms"));
    }
  }

  static boolean answers(SearchAnswer answer, Question question, String version) {
    return answer.hits().stream()
        .anyMatch(
            hit ->
                question.documents().contains(Objects.toString(hit.path(), ""))
                    && version.equals(hit.version()));
  }

  private static String line(SearchHit hit) {
    return String.format(
        Locale.ROOT,
        "  %.3f  %s (%s@%s)  %s",
        hit.score(),
        hit.path(),
        hit.dataset(),
        hit.version(),
        Texts.shorten(hit.text(), 60));
  }
}
