package dev.sluice.catalog.webhook;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;

/** What can be wrong with a request about webhooks. */
sealed interface WebhookProblem extends Problem {

  /** The project has no such webhook. */
  record WebhookNotFound(String webhook) implements WebhookProblem {
    @Override
    public String code() {
      return "webhook-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such webhook";
    }

    @Override
    public String detail() {
      return "There is no webhook '" + webhook + "'.";
    }
  }

  /** The webhook has no such delivery (any more). */
  record DeliveryNotFound(String delivery) implements WebhookProblem {
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
      return "The webhook has no delivery " + delivery + " (any more).";
    }
  }

  /** The guard of outside addresses does not let it through. */
  record AddressRefused(String why) implements WebhookProblem {
    @Override
    public String code() {
      return "address-refused";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String title() {
      return "The address is not allowed";
    }

    @Override
    public String detail() {
      return why;
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("url", null, "a public address, or one that is allowed"));
    }
  }

  /** A project has a limit. */
  record TooManyWebhooks(int most) implements WebhookProblem {
    @Override
    public String code() {
      return "too-many-webhooks";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The project has enough webhooks";
    }

    @Override
    public String detail() {
      return "A project has at most " + most + " webhooks; remove one first.";
    }
  }
}
