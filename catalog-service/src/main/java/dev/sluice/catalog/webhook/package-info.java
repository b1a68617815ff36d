/**
 * Addresses outside that are told what happens in a project, after the Standard Webhooks
 * specification.
 *
 * <p><b>In</b>: /projects/{p}/webhooks; the facts of the outbox, by a trigger in the transaction
 * that appends them.
 *
 * <p><b>Does</b>: signs and sends each fact until the address takes it, in order for each dataset
 * where that does not hold up the others; keeps the attempts; replays.
 *
 * <p><b>Out</b>: HTTP POST through the guard of outside addresses; tables webhook, webhook_secret,
 * webhook_delivery, webhook_attempt.
 */
@NullMarked
package dev.sluice.catalog.webhook;

import org.jspecify.annotations.NullMarked;
