package dev.sluice.catalog.intake;

import dev.sluice.support.problem.Problem;

/** Why a fact about an upload can never have its effect; the reason goes to the dead letters. */
sealed interface IntakeProblem extends Problem {
  @Override
  default int status() {
    return 409;
  }

  @Override
  default String title() {
    return "The upload cannot become a file";
  }

  /** The catalog never gave that version. */
  record UnknownVersion(String project, String dataset, String version) implements IntakeProblem {
    @Override
    public String code() {
      return "upload-for-unknown-version";
    }

    @Override
    public String detail() {
      return "Project '" + project + "' has no version '" + version + "' of '" + dataset + "'.";
    }
  }

  /** The version's content is final. */
  record TooLate(String dataset, String version, String path) implements IntakeProblem {
    @Override
    public String code() {
      return "upload-after-seal";
    }

    @Override
    public String detail() {
      return "'" + path + "' came after version '" + version + "' of '" + dataset + "' was sealed.";
    }
  }

  /** The draft belongs to a run. */
  record DraftOfRun(String dataset, String version, String path) implements IntakeProblem {
    @Override
    public String code() {
      return "upload-into-reserved-version";
    }

    @Override
    public String detail() {
      return "'"
          + path
          + "' was uploaded into version '"
          + version
          + "' of '"
          + dataset
          + "', which a run reserved.";
    }
  }
}
