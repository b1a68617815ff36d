package dev.sluice.cli.catalog;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.client.Webhook;
import dev.sluice.client.WebhookClient;
import dev.sluice.client.WebhookDelivery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Webhooks: who outside is told what happens. */
@Command(
    name = "webhook",
    description = "Tell addresses outside what happens.",
    footer = {
      "",
      "Deliveries are signed after the Standard Webhooks specification and sent",
      "until the address takes them. The secret is shown once.",
      "",
      "Examples:",
      "  sluice webhook add https://example.org/hook --type VersionReleased",
      "  sluice webhook log 0b9c6a5e-…",
      "  sluice webhook replay 0b9c6a5e-… --delivery 17"
    })
public final class WebhookCommand {

  private static final List<Column<Webhook>> COLUMNS =
      List.of(
          Column.of("ID", Webhook::id),
          Column.of("URL", Webhook::url),
          Column.of("TYPES", Webhook::types),
          Column.of("ON", Webhook::enabled),
          Column.of("OFF BECAUSE", Webhook::disabledReason),
          Column.of("FAILING SINCE", Webhook::failingSince));

  private static final List<Column<Webhook>> PROPERTIES =
      List.of(
          Column.of("Id", Webhook::id),
          Column.of("URL", Webhook::url),
          Column.of("Types", Webhook::types),
          Column.of("On", Webhook::enabled),
          Column.of("Secret", Webhook::secret));

  private static final List<Column<WebhookDelivery>> DELIVERIES =
      List.of(
          Column.number("DELIVERY", WebhookDelivery::id),
          Column.of("TYPE", WebhookDelivery::type),
          Column.of("OCCURRED", WebhookDelivery::occurredAt),
          Column.of("STATE", WebhookDelivery::state),
          Column.number("ATTEMPTS", WebhookDelivery::attempts),
          Column.of("LAST", WebhookCommand::last),
          Column.of("NEXT", WebhookDelivery::nextAt));

  private final Context context;

  /** Needs no more than the context. */
  public WebhookCommand(Context context) {
    this.context = context;
  }

  @Command(description = "Tell an address what happens; shows the secret, this once.")
  void add(
      @Parameters(paramLabel = "URL") String url,
      @Option(names = "--type", description = "Only facts of this type; may be repeated.")
          @Nullable List<String> types) {
    context.output().one(webhooks().add(url, types == null ? List.of() : types), PROPERTIES);
  }

  @Command(description = "The webhooks of the project.")
  void list() {
    context.output().list(webhooks().list().toList(), COLUMNS);
  }

  @Command(description = "Remove a webhook with its log.")
  void remove(@Parameters(paramLabel = "ID") String webhook) {
    webhooks().remove(webhook);
    context.output().say("Removed " + webhook + ".");
  }

  @Command(description = "What was delivered, newest first.")
  void log(
      @Parameters(paramLabel = "ID") String webhook,
      @Option(names = "--limit", defaultValue = "50", description = "How many.") int limit) {
    context.output().list(webhooks().log(webhook).limit(limit).toList(), DELIVERIES);
  }

  @Command(description = "Deliver again: one delivery, or the facts of a period.")
  void replay(
      @Parameters(paramLabel = "ID") String webhook,
      @Option(names = "--delivery", description = "Only this one.") @Nullable Long delivery,
      @Option(names = "--from", description = "Facts from then on.") @Nullable Instant from,
      @Option(names = "--to", description = "Facts before then.") @Nullable Instant to) {
    if (delivery != null) {
      webhooks().replay(webhook, delivery);
    } else if (from != null && to != null) {
      webhooks().replay(webhook, from, to);
    } else {
      throw new CliException("say what to deliver again: --delivery, or --from and --to");
    }
    context.output().say("Delivering again; 'sluice webhook log' shows how it goes.");
  }

  @Command(description = "Send a test.")
  void ping(@Parameters(paramLabel = "ID") String webhook) {
    webhooks().ping(webhook);
    context.output().say("Sent; 'sluice webhook log' shows how it goes.");
  }

  @Command(description = "Get a new secret; the one before signs along for a day.")
  void rotate(@Parameters(paramLabel = "ID") String webhook) {
    context.output().one(webhooks().rotate(webhook), PROPERTIES);
  }

  private WebhookClient webhooks() {
    return context.client().webhooks(context.project());
  }

  private static @Nullable Object last(WebhookDelivery delivery) {
    if (delivery.tries().isEmpty()) {
      return null;
    }
    var last = delivery.tries().getLast();
    return last.status() == null ? last.error() : last.status();
  }
}
