package dev.sluice.catalog.edit;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with edits of a draft. */
sealed interface EditProblem extends Problem {

  /**
   * A line cannot be done, so none is.
   *
   * @param line its number; the first is 1
   */
  record EditRefused(long line, String field, @Nullable String value, String allowed)
      implements EditProblem {
    @Override
    public String code() {
      return "edit-refused";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String title() {
      return "A line of the edits cannot be done";
    }

    @Override
    public String detail() {
      return "Line "
          + line
          + ", "
          + field
          + (value == null ? "" : " '" + value + "'")
          + ": "
          + allowed
          + "; nothing was changed.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("lines[" + line + "]." + field, value, allowed));
    }
  }

  /** More bytes of edits than one request may have. */
  record EditsTooLarge(long largest) implements EditProblem {
    @Override
    public String code() {
      return "edits-too-large";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String title() {
      return "The edits are too large";
    }

    @Override
    public String detail() {
      return "One request has at most " + largest + " bytes of edits; send several.";
    }
  }
}
