package dev.sluice.processing.delivery;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What can be wrong with a request about a delivery. */
sealed interface DeliveryProblem extends Problem {

  /** Destinations that nothing may or can be delivered to. */
  record DestinationRefused(List<FieldError> errors) implements DeliveryProblem {
    public DestinationRefused {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "destination-refused";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "Nothing can be delivered there";
    }

    @Override
    public String detail() {
      return errors.stream()
          .map(e -> e.field() + " '" + e.value() + "': " + e.allowed())
          .collect(Collectors.joining("; "));
    }
  }

  /** No such delivery of that run. */
  record DeliveryNotFound(String id) implements DeliveryProblem {
    @Override
    public String code() {
      return "delivery-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such delivery";
    }

    @Override
    public String detail() {
      return "The run has no delivery '" + id + "'.";
    }
  }

  /** It is where it should be. */
  record DeliveryOver(String id) implements DeliveryProblem {
    @Override
    public String code() {
      return "delivery-over";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The delivery is over";
    }

    @Override
    public String detail() {
      return "Delivery '" + id + "' is delivered; only one that failed is tried again.";
    }
  }
}
