package dev.sluice.catalog.member;

import dev.sluice.support.problem.Problem;

/** What can be wrong with a request about members. */
sealed interface MemberProblem extends Problem {

  /** Nobody of that name has a role in the project. */
  record MemberNotFound(String project, String user) implements MemberProblem {
    @Override
    public String code() {
      return "member-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such member";
    }

    @Override
    public String detail() {
      return "'" + user + "' has no role in project '" + project + "'.";
    }
  }

  /** The project would be left without an owner. */
  record LastOwner(String project, String user) implements MemberProblem {
    @Override
    public String code() {
      return "last-owner";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The last owner stays";
    }

    @Override
    public String detail() {
      return "'" + user + "' is the only owner of project '" + project + "'; name another first.";
    }
  }
}
