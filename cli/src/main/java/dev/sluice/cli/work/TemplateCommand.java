package dev.sluice.cli.work;

import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.client.AutomationClient;
import dev.sluice.client.Template;
import dev.sluice.client.TemplateParameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Templates: manifests with places for values. */
@Command(
    name = "template",
    description = "Keep manifests with places for values and run them.",
    footer = {
      "",
      "A place is ${name} inside a text of the manifest. A parameter is written",
      "name=type:default:allowed,… where type is text, integer, number or boolean.",
      "",
      "Examples:",
      "  sluice template put chunking -f chunking.yaml --parameter language=text:en:en,de",
      "  sluice template run chunking --set language=de"
    })
public final class TemplateCommand {
  private static final List<Column<Template>> COLUMNS =
      List.of(
          Column.of("NAME", Template::name),
          Column.number("NUMBER", Template::number),
          Column.of(
              "PARAMETERS", t -> t.parameters().stream().map(TemplateParameter::name).toList()),
          Column.of("BY", Template::createdBy),
          Column.of("CREATED", Template::createdAt));

  private final Context context;

  /** Needs no more than the context. */
  public TemplateCommand(Context context) {
    this.context = context;
  }

  @Command(description = "Keep a manifest; a change makes another number.")
  void put(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "MANIFEST",
              required = true,
              description = "YAML file, or - for standard input.")
          String file,
      @Option(names = "--parameter", description = "A place; may be repeated.")
          @Nullable List<String> parameters)
      throws IOException {
    List<TemplateParameter> declared =
        parameters == null
            ? List.of()
            : parameters.stream().map(TemplateValues::parameter).toList();
    context.output().one(automation().keep(name, text(file), declared), COLUMNS);
  }

  private static String text(String file) throws IOException {
    return file.equals("-")
        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
        : Files.readString(Path.of(file));
  }

  @Command(description = "The templates of the project, each the newest.")
  void list() {
    context.output().list(automation().templates(), COLUMNS);
  }

  @Command(description = "One template with its manifest.")
  void show(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--number", description = "An older one.") @Nullable Integer number) {
    Template template = automation().template(name, number);
    context.output().one(template, COLUMNS);
    if (!context.output().json() && template.manifest() != null) {
      context.output().say(template.manifest().toPrettyString());
    }
  }

  @Command(description = "Start a run of a template.")
  void run(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--number", description = "An older one.") @Nullable Integer number,
      @Option(names = "--set", description = "A value, name=value; may be repeated.")
          @Nullable List<String> values) {
    Template template = automation().template(name, number);
    context
        .output()
        .one(automation().run(template, TemplateValues.of(template, values)), RunColumns.ONE);
  }

  @Command(description = "Forget a template that no trigger runs.")
  void delete(@Parameters(paramLabel = "NAME") String name) {
    automation().deleteTemplate(name);
    context.output().say("Template " + name + " is deleted.");
  }

  private AutomationClient automation() {
    return context.client().automation(context.project());
  }
}
