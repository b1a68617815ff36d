package dev.sluice.bench.ray;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.upload.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Data-Juicer with one process, on files of the local disk. */
final class Juicer {
  /** What Sluice does meanwhile. */
  static final String OURS =
      """
      [{"name": "remove_email"}, {"name": "text_length", "parameters": {"minimum": 40}},
       {"name": "exact_duplicates"}]
      """;

  private final Path python;
  private final Scripts scripts;
  private final Shell shell;
  private final Path folder;

  Juicer(Path python, Scripts scripts, Shell shell, Path folder) throws IOException {
    this.python = python;
    this.scripts = scripts;
    this.shell = shell;
    this.folder = Files.createDirectories(folder);
  }

  /** Puts the input on the local disk. */
  void fetch(JsonNode input) throws IOException, InterruptedException {
    scripts.run("fetch.py", List.of(folder.resolve("in.jsonl").toString(), input.toString()));
  }

  /** Runs it; the digest is that of the texts it exported. */
  Sample run(double mebibytes, String wanted) throws IOException, InterruptedException {
    Path out = folder.resolve("out/out.jsonl");
    Path recipe = folder.resolve("recipe.yaml");
    Files.writeString(recipe, recipe(folder.resolve("in.jsonl"), out));
    Shell.Ran ran =
        shell.run(
            List.of(python.toString(), scripts.file("juicer.py").toString(), recipe.toString()),
            Map.of("HF_HUB_OFFLINE", "1", "OMP_NUM_THREADS", "1"));
    String got = scripts.run("digest.py", List.of(out.toString())).toString();
    return new Sample(Map.of("rate", mebibytes / ran.seconds()), wanted, got);
  }

  private static String recipe(Path in, Path out) {
    return """
        project_name: bench
        dataset_path: %s
        export_path: %s
        np: 1
        open_tracer: false
        use_cache: false
        process:
          - clean_email_mapper:
              repl: xxxxxx
          - text_length_filter:
              min_len: 40
          - document_deduplicator:
              lowercase: false
              ignore_non_character: false
        """
        .formatted(in, out);
  }
}
