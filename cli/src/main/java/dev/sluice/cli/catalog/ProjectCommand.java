package dev.sluice.cli.catalog;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Member;
import dev.sluice.client.Project;
import dev.sluice.client.Role;
import dev.sluice.client.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Projects and who may do what in them. */
@Command(
    name = "project",
    description = "Create projects, invite people.",
    footer = {
      "",
      "A project owns datasets and has members: a viewer reads and searches, an",
      "editor uploads and processes, an owner invites. Others see nothing of it.",
      "",
      "Examples:",
      "  sluice project create research --display-name \"Research\"",
      "  sluice project invite ada --role editor --project research",
      "  sluice project members --project research",
      "  sluice project usage",
      "  sluice project quota 500000000000 --reason \"the disk is full\""
    })
public final class ProjectCommand {

  private static final List<Column<Project>> COLUMNS =
      List.of(
          Column.of("NAME", Project::name),
          Column.of("DISPLAY NAME", Project::displayName),
          Column.of("CREATED BY", Project::createdBy),
          Column.of("CREATED", Project::createdAt),
          Column.of("BUCKET", Project::bucket));

  private static final List<Column<Usage>> USAGE =
      List.of(
          Column.of("Objects", usage -> Texts.count(usage.objects())),
          Column.of("Bytes", usage -> Texts.bytes(usage.bytes())),
          Column.of("Quota", usage -> bytes(usage.quotaBytes())),
          Column.of("Set by owners", usage -> bytes(usage.ownersBytes())),
          Column.of("Allowed by the administrator", usage -> bytes(usage.administratorsBytes())));

  private final Context context;

  /** Needs no more than the context. */
  public ProjectCommand(Context context) {
    this.context = context;
  }

  @Command(description = "Create a project; you become its owner.")
  void create(
      @Parameters(paramLabel = "NAME", description = "3-40 letters, digits and dashes.")
          String name,
      @Option(names = "--display-name", description = "How people call it.")
          @Nullable String displayName) {
    context.output().one(context.client().projects().create(name, displayName), COLUMNS);
  }

  @Command(description = "The projects you are a member of.")
  void list() {
    context.output().list(context.client().projects().list().toList(), COLUMNS);
  }

  @Command(description = "One project.")
  void show(@Parameters(paramLabel = "NAME") String name) {
    context.output().one(context.client().projects().get(name), COLUMNS);
  }

  @Command(description = "Who may do what in the project.")
  void members() {
    List<Member> members = context.client().projects().members(context.project()).toList();
    context
        .output()
        .list(members, List.of(Column.of("USER", Member::user), Column.of("ROLE", Member::role)));
  }

  @Command(description = "Give a user a role in the project, or another one.")
  void invite(
      @Parameters(paramLabel = "USER") String user,
      @Option(names = "--role", required = true, description = "viewer, editor or owner.")
          Role role) {
    context.client().projects().putMember(context.project(), user, role);
    context.output().say(user + " is " + role + " of " + context.project() + " now.");
  }

  @Command(description = "Remove a user from the project.")
  void remove(@Parameters(paramLabel = "USER") String user) {
    context.client().projects().removeMember(context.project(), user);
    context.output().say(user + " is no member of " + context.project() + " any more.");
  }

  @Command(description = "What the project holds and may hold.")
  void usage() {
    context.output().one(context.client().projects().usage(context.project()), USAGE);
  }

  @Command(description = "Limit what the project may hold.")
  void quota(
      @Parameters(paramLabel = "BYTES", description = "A number, or none to take the limit back.")
          String bytes,
      @Option(names = "--reason", description = "Why; kept in the audit.")
          @Nullable String reason) {
    Long limit = bytes.equals("none") ? null : number(bytes);
    context
        .output()
        .one(context.client().projects().limit(context.project(), limit, reason), USAGE);
  }

  private static long number(String bytes) {
    try {
      return Long.parseLong(bytes);
    } catch (NumberFormatException e) {
      throw new CliException("BYTES must be a number or none, not " + bytes, e);
    }
  }

  private static @Nullable Object bytes(@Nullable Long bytes) {
    return bytes == null ? null : Texts.bytes(bytes);
  }
}
