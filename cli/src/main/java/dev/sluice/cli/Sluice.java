package dev.sluice.cli;

import dev.sluice.cli.output.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself, with the options that every other one shares. */
@Command(
    name = "sluice",
    versionProvider = CliVersion.class,
    description = {"Datasets with versions, from upload to vectors."},
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start here:",
      "  sluice demo                        the whole way once, on real servers",
      "  sluice up                          start the stack, keep it running",
      "  sluice dataset create notes --type text",
      "  sluice upload notes ./my-notes --seal",
      "  sluice search notes \"what did we decide?\"",
      "",
      "Exit codes: 0 done, 1 failed, 2 not understood, 3 not found, 4 refused,",
      "5 unavailable. 'sluice COMMAND --help' tells more."
    })
public final class Sluice {

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json|table",
      defaultValue = "table",
      scope = ScopeType.INHERIT,
      description = "How results are printed (default: ${DEFAULT-VALUE}).")
  private Format format = Format.table;

  @Option(
      names = "--api",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Address of the API (else SLUICE_API, else the local stack).")
  private @Nullable String api;

  @Option(
      names = "--token",
      paramLabel = "JWT",
      scope = ScopeType.INHERIT,
      description = "Who you are (else SLUICE_TOKEN, else the local stack's user).")
  private @Nullable String token;

  @Option(
      names = {"-p", "--project"},
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Whose datasets (else SLUICE_PROJECT, else demo).")
  private @Nullable String project;

  Format format() {
    return format;
  }

  @Nullable String api() {
    return api;
  }

  @Nullable String token() {
    return token;
  }

  @Nullable String project() {
    return project;
  }
}
