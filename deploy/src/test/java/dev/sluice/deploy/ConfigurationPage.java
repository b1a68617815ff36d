package dev.sluice.deploy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * {@code docs/configuration.md}: every setting of the services as their typed configuration
 * declares it. Read from the sources, since comments are not in classes.
 */
final class ConfigurationPage {
  private static final String HEAD =
      """
      # Configuration

      Every setting of the services, made from their typed configuration (`ConfigurationPageTest` holds this page to it;
      `mvn -f deploy/pom.xml test -Dsluice.update-configuration=true` writes it anew). A setting is a system property or, in capitals and with `_` for every
      other sign, an environment variable: `sluice.s3.public-endpoint` is `SLUICE_S3_PUBLIC_ENDPOINT`. `./sluice up` hands variables that
      begin with `SLUICE_` on to the services. Durations are written as `30s`, `5m`, `24h` or as in ISO 8601.
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private ConfigurationPage() {}

  /** The page as the sources below a folder want it. */
  static String of(Path root, List<String> modules) throws IOException {
    ConfigurationPage made = new ConfigurationPage();
    for (String module : modules) {
      made.module(root, module);
    }
    return made.page.toString();
  }

  private void module(Path root, String module) throws IOException {
    List<Mapping> mappings = mappings(root.resolve(module).resolve("src/main/java"));
    if (mappings.isEmpty()) {
      throw new IllegalStateException("no configuration in " + module);
    }
    page.append("\n## ")
        .append(module.equals("service-support") ? "Every service" : module)
        .append('\n');
    mappings.stream().sorted(Comparator.comparing(Mapping::prefix)).forEach(this::mapping);
  }

  private record Mapping(
      DocTrees comments, CompilationUnitTree unit, ClassTree type, String prefix) {}

  private static List<Mapping> mappings(Path sources) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith("Config.java")).toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Mapping> mappings = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees comments = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree declared) {
            annotation(declared.getModifiers(), "ConfigMapping")
                .flatMap(mapping -> argument(mapping, "prefix"))
                .map(prefix -> new Mapping(comments, unit, declared, prefix))
                .ifPresent(mappings::add);
          }
        }
      }
    }
    return mappings;
  }

  private void mapping(Mapping mapping) {
    page.append("\n### `").append(mapping.prefix()).append("`\n\n");
    page.append(comment(mapping, mapping.type())).append("\n\n");
    page.append("| setting | default | what it is |\n|---|---|---|\n");
    Map<String, ClassTree> inner = new HashMap<>();
    collect(mapping.type(), inner);
    rows(mapping, mapping.type(), mapping.prefix(), "**needed**", inner);
  }

  private static void collect(ClassTree type, Map<String, ClassTree> into) {
    members(type, ClassTree.class, any -> true)
        .forEach(
            each -> {
              into.put(each.getSimpleName().toString(), each);
              collect(each, into);
            });
  }

  private void rows(
      Mapping mapping, ClassTree type, String prefix, String needed, Map<String, ClassTree> inner) {
    for (MethodTree method : members(type, MethodTree.class, each -> each.getBody() == null)) {
      String returned = String.valueOf(method.getReturnType());
      String many = returned.startsWith("Map<") ? ".NAME" : "";
      String name = prefix + "." + kebab(method) + many;
      Optional<ClassTree> group =
          inner.entrySet().stream()
              .filter(each -> returned.matches("(.*[<, .])?" + each.getKey() + ">*"))
              .map(Map.Entry::getValue)
              .filter(each -> each.getKind() == Tree.Kind.INTERFACE)
              .findFirst();
      if (group.isPresent()) {
        rows(mapping, group.get(), name, "needed with its group", inner);
      } else {
        page.append(
            "| `%s` | %s | %s |%n"
                .formatted(name, fallback(method, needed), about(mapping, method)));
      }
    }
  }

  private static String about(Mapping mapping, MethodTree method) {
    String limits = limit(method, "Min", "at least ") + limit(method, "Max", "at most ");
    return comment(mapping, method) + limits;
  }

  private static String limit(MethodTree method, String annotation, String words) {
    return annotation(method.getModifiers(), annotation)
        .flatMap(found -> argument(found, "value"))
        .map(value -> " (" + words + value + ")")
        .orElse("");
  }

  private static String fallback(MethodTree method, String needed) {
    return annotation(method.getModifiers(), "WithDefault")
        .flatMap(found -> argument(found, "value"))
        .map(value -> "`" + value + "`")
        .orElseGet(
            () ->
                String.valueOf(method.getReturnType()).matches("(Optional|Map)\\b.*")
                    ? "absent"
                    : needed);
  }

  private static String kebab(MethodTree method) {
    return annotation(method.getModifiers(), "WithName")
        .flatMap(found -> argument(found, "value"))
        .orElseGet(
            () ->
                method
                    .getName()
                    .toString()
                    .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                    .toLowerCase(Locale.ROOT));
  }

  private static <T extends Tree> List<T> members(
      ClassTree type, Class<T> kind, Predicate<T> wanted) {
    return type.getMembers().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(wanted)
        .toList();
  }

  private static Optional<AnnotationTree> annotation(ModifiersTree modifiers, String name) {
    return modifiers.getAnnotations().stream()
        .map(AnnotationTree.class::cast)
        .filter(each -> each.getAnnotationType().toString().equals(name))
        .findFirst();
  }

  private static Optional<String> argument(AnnotationTree annotation, String name) {
    for (ExpressionTree argument : annotation.getArguments()) {
      if (argument instanceof AssignmentTree assigned
          && assigned.getVariable().toString().equals(name)
          && assigned.getExpression() instanceof LiteralTree literal) {
        return Optional.of(String.valueOf(literal.getValue()));
      }
      if (argument instanceof LiteralTree literal) {
        return Optional.of(String.valueOf(literal.getValue()));
      }
    }
    return Optional.empty();
  }

  private static String comment(Mapping mapping, Tree tree) {
    String text = mapping.comments().getDocComment(TreePath.getPath(mapping.unit(), tree));
    if (text == null) {
      throw new IllegalStateException("a setting without a comment: " + tree);
    }
    return text.replaceAll("(?s)\\n @.*", "")
        .replaceAll("\\{@code\\s+([^}]*)}", "`$1`")
        .replaceAll("\\{@link\\s+#?([^}]*)}", "`$1`")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }
}
