package dev.sluice.vectorsink;

import dev.sluice.support.problem.Problem;

/** Everything the vector sink can tell a caller beyond the problems all services share. */
public sealed interface VectorSinkProblem extends Problem {

  /** The project has no such dataset. */
  record DatasetNotFound(String project, String dataset) implements VectorSinkProblem {
    @Override
    public String code() {
      return "dataset-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such dataset";
    }

    @Override
    public String detail() {
      return "Project '" + project + "' has no dataset '" + dataset + "'.";
    }
  }

  /** The dataset has no such version. */
  record VersionNotFound(String dataset, String version) implements VectorSinkProblem {
    @Override
    public String code() {
      return "version-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such version";
    }

    @Override
    public String detail() {
      return "Dataset '" + dataset + "' has no version '" + version + "'.";
    }
  }

  /** A draft may still change and a withdrawn version must not be used. */
  record VersionNotSealed(String dataset, String version, String state)
      implements VectorSinkProblem {
    @Override
    public String code() {
      return "version-not-sealed";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "Only a sealed version can be indexed";
    }

    @Override
    public String detail() {
      return "Version '" + version + "' of '" + dataset + "' is " + state + ".";
    }
  }

  /** Nobody said how the dataset becomes vectors. */
  record RecipeNotFound(String dataset) implements VectorSinkProblem {
    @Override
    public String code() {
      return "recipe-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "The dataset has no recipe";
    }

    @Override
    public String detail() {
      return "Dataset '" + dataset + "' has no recipe; PUT one to /api/v1/recipes first.";
    }
  }

  /** Somebody replaced the recipe meanwhile. */
  record RecipeChanged(String dataset, String expected) implements VectorSinkProblem {
    @Override
    public String code() {
      return "recipe-changed";
    }

    @Override
    public int status() {
      return 412;
    }

    @Override
    public String title() {
      return "The recipe is another one by now";
    }

    @Override
    public String detail() {
      return "The recipe of '" + dataset + "' is not " + expected + "; read it again.";
    }
  }

  /** Nobody asked for the version's vectors. */
  record IndexNotFound(String dataset, String version) implements VectorSinkProblem {
    @Override
    public String code() {
      return "index-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "The version has no index";
    }

    @Override
    public String detail() {
      return "Version '"
          + version
          + "' of '"
          + dataset
          + "' is not indexed and nobody asked for it.";
    }
  }

  /** The version's vectors are not complete. */
  record NotIndexedYet(String dataset, String version, String state) implements VectorSinkProblem {
    @Override
    public String code() {
      return "not-indexed-yet";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The version cannot be searched";
    }

    @Override
    public String detail() {
      return "The index of version '" + version + "' of '" + dataset + "' is " + state + ".";
    }
  }

  /** The version's content is not what the recipe expects; found while indexing. */
  record UnusableSource(String reason) implements VectorSinkProblem {
    @Override
    public String code() {
      return "unusable-source";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "The version cannot be indexed";
    }

    @Override
    public String detail() {
      return reason;
    }
  }

  /** Qdrant understood the request and refused it. */
  record QdrantRefused(String reason) implements VectorSinkProblem {
    @Override
    public String code() {
      return "qdrant-refused";
    }

    @Override
    public int status() {
      return 502;
    }

    @Override
    public String title() {
      return "Qdrant refused a request";
    }

    @Override
    public String detail() {
      return reason;
    }
  }
}
