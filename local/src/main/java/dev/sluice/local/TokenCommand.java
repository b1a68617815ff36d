package dev.sluice.local;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice token}: prints a token and nothing else. */
@Command(name = "token", description = "Print a token; with --role also give its user that role.")
public final class TokenCommand extends StackCommand {
  @Option(
      names = {"-u", "--user"},
      description = "Whom the token speaks for (default: ${DEFAULT-VALUE}).",
      defaultValue = Stack.DEVELOPER)
  private String user;

  @Option(names = "--role", description = "viewer, editor or owner.")
  private @org.jspecify.annotations.Nullable Role role;

  @Option(
      names = {"-p", "--project"},
      description = "Project of the role (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:SLUICE_PROJECT:-demo}")
  private String project;

  /** Roles within a project. */
  enum Role {
    viewer,
    editor,
    owner
  }

  @Override
  int run(Stack stack) {
    String token = stack.token(user);
    if (role != null) {
      new Membership(stack.api(), stack.token(Stack.DEVELOPER)).grant(project, user, role.name());
    }
    System.out.println(token);
    return 0;
  }
}
